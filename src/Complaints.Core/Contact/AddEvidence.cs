using Complaints.Core.Capabilities;
using Complaints.Core.Definitions;
using Complaints.Core.Lifecycle;

namespace Complaints.Core.Contact;

/// <summary>Records a file that was handed in as evidence. The desk stores the file with it
/// (<c>ComplaintDesk.AddEvidenceAsync</c>); a host that keeps the files itself sends the command alone.</summary>
/// <param name="Kind">A code of the tenant's kinds of evidence. Error: <c>code.unknown</c>.</param>
/// <param name="Name">The file's name, kept sealed; 1 to 200 characters.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 hexadecimal digits. Errors: <c>evidence.hash</c>, <c>evidence.twice</c>, and of the
/// desk <c>evidence.hash_mismatch</c>.</param>
/// <param name="Size">The file's bytes. Error: <c>evidence.too_large</c>.</param>
/// <param name="Type">The file's type, as in <c>image/jpeg</c>: one that the tenant permits for the kind. Error:
/// <c>evidence.type</c>.</param>
/// <param name="Source">Who handed it in, a code of <see cref="EvidenceSource"/>. Error: <c>code.unknown</c>.</param>
public sealed record AddEvidence(
    string Kind, string Name, string Sha256, long Size, string Type, string Source = EvidenceSource.Customer)
    : ComplaintCommand, ICapability<AddEvidence, Complaint>
{
    internal static readonly Refusal BadHash = new(
        "evidence.hash",
        "The hash of a file has 64 hexadecimal digits (SHA-256); send it whole.",
        "文件哈希应为 64 位十六进制（SHA-256），请完整提供。");

    internal static readonly Refusal TooLarge = new(
        "evidence.too_large",
        "The file has more than {bound} bytes; send a smaller one, or its parts.",
        "文件超过 {bound} 字节，请压缩或分开提交。");

    internal static readonly Refusal WrongType = new(
        "evidence.type",
        "The file is not of the type {value}, or it is not taken as “{kind}”; permitted: {known}.",
        "文件不是 {value} 类型，或不能作为“{kind}”提交；允许的类型：{known}。");

    internal static readonly Refusal HashMismatch = new(
        "evidence.hash_mismatch",
        "What arrived is not the file that was announced; nothing was kept. Send it again.",
        "收到的内容与所声明的文件不一致，未保存，请重新提交。");

    internal static readonly Refusal Erased = new(
        "evidence.person_erased",
        "The person whom the file is about was erased; nothing of the person is kept any more.",
        "该当事人信息已删除，不再保存相关文件。");

    internal static readonly Refusal Twice = new(
        "evidence.twice",
        "The same file is there already, as evidence {value}.",
        "该文件已作为证据 {value} 提交。");

    /// <summary>Whether the desk has seen that the file of that hash is not there any more: then it is the same piece of evidence, handed
    /// in again.</summary>
    internal bool ReplacesLost { get; init; }

    static Capability ICapability<AddEvidence, Complaint>.Capability { get; } = new("add-evidence", new("Add evidence", "添加证据"))
    {
        Roles = [.. Role.Desk, Role.Quality],
        Fields = Field.Of<AddEvidence>(f =>
        [
            f.Code(command => command.Kind, Labels.Kind, rules => rules.EvidenceKinds),
            f.Text(command => command.Name, Labels.FileName, Core.Text.Title),
            f.CodeOfRule(command => command.Sha256, Labels.Sha256, _ => [], 64, required: true),
            f.Number(command => command.Size, Labels.FileSize, 1, 1L << 40),
            f.CodeOfRule(command => command.Type, Labels.FileType, _ => [], Core.Text.Id, required: true),
            f.Code(command => command.Source, Labels.Source, _ => EvidenceSource.All),
        ]),
        StaysIn = States.Codes([.. States.NotEnded, ComplaintState.Closed]),
        Refusals = [BadHash, TooLarge, WrongType, HashMismatch, Erased, Twice],
        Commutes = true,
    };

    static AddEvidence ICapability<AddEvidence, Complaint>.Example(Occasion occasion) =>
        new("photo", "leak.jpg", HashOf(occasion), 48_211 + occasion.Variant, "image/jpeg");

    /// <summary>Another file for each occasion: the same twice is refused.</summary>
    private static string HashOf(Occasion occasion) =>
        $"{occasion.Now.ToUnixTimeTicks():x16}{occasion.Variant:x8}{occasion.Other.Value:N}".PadRight(64, '0');

    /// <summary>What is said of a file that is not of the type it should be.</summary>
    internal ComplaintError OfAnotherType(Rulebook rules) => WrongType.With(("value", CodeText.Shown(Type)),
        ("kind", rules.EvidenceKinds.Named(Kind)), ("known", rules.EvidenceKinds.Find(Kind)?.Types ?? []));

    internal override ComplaintError? Decide(Complaint complaint, DecisionContext context, EventSink events)
    {
        if (!EvidenceMark.IsHash(Sha256))
            return BadHash.Plain;
        var kind = context.Rules.EvidenceKinds.Find(Kind)!;
        if (!kind.Types.Contains(Type))
            return OfAnotherType(context.Rules);
        if (Size > context.Rules.Evidence.MaxBytes)
            return TooLarge.With(("bound", context.Rules.Evidence.MaxBytes));
        var hash = Sha256.ToLowerInvariant();
        foreach (var mark in complaint.Contact.Evidence)
        {
            if (mark.Sha256 != hash)
                continue;
            if (!ReplacesLost)
                return Twice.With(("value", mark.Number));
            events.Add(new EvidenceRestored(mark.Number));
            return null;
        }
        events.Add(new EvidenceAdded(complaint.Contact.Evidence.Length + 1, Kind, Personal.Of(Name), hash, Size, Type, Source));
        return null;
    }
}

/// <summary>The file of a piece of evidence had got lost, and was handed in again.</summary>
/// <param name="Number">The number of the evidence.</param>
public sealed record EvidenceRestored(int Number) : ComplaintEvent, IHappening<EvidenceRestored, Complaint>
{
    static EventType IHappening<EvidenceRestored, Complaint>.EventType { get; } = new("evidence-restored", 1,
        new("File of evidence handed in again", "证据文件已重新提交"));

    internal override Subject? Made => Subject.Of("evidence", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) => [new(Labels.Number, Number)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint;
}

/// <summary>A file was handed in as evidence.</summary>
/// <param name="Number">Its number within the complaint.</param>
/// <param name="Kind">A code of the tenant's kinds of evidence.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Sha256">The SHA-256 of the file, in lower case.</param>
/// <param name="Size">The file's bytes.</param>
/// <param name="Type">The file's type.</param>
/// <param name="Source">Who handed it in, a code of <see cref="EvidenceSource"/>.</param>
public sealed record EvidenceAdded(int Number, string Kind, Personal<string> Name, string Sha256, long Size, string Type, string Source)
    : ComplaintEvent, IHappening<EvidenceAdded, Complaint>
{
    static EventType IHappening<EvidenceAdded, Complaint>.EventType { get; } = new("evidence-added", 1, new("Evidence added", "已添加证据"));

    internal override Subject? Made => Subject.Of("evidence", Number);

    internal override IEnumerable<Detail> Details(Rulebook rules) =>
    [
        new(Labels.Number, Number), new(Labels.Kind, rules.EvidenceKinds.Named(Kind)), new(Labels.FileName, Name),
        new(Labels.Source, EvidenceSource.All.Named(Source)), new(Labels.FileSize, Bytes),
    ];

    private Label Bytes => new(FormattableString.Invariant($"{Size:N0} bytes"), FormattableString.Invariant($"{Size:N0} 字节"));

    internal override PersonalField[] PersonalValues => [new("name", Name)];

    internal override Complaint Apply(Complaint complaint, EventMoment moment) => complaint with
    {
        Contact = complaint.Contact with { Evidence = complaint.Contact.Evidence.Add(new(Number, Kind, Sha256)) },
    };
}
