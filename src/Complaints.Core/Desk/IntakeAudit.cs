using System.Collections.Immutable;
using Complaints.Core.Definitions;
using Complaints.Core.History;
using Complaints.Core.Intake;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <summary>
/// Proves what is kept as hashes beside a complaint's history: by what its customer, its item, its repeats and its source are known. They
/// are made again from the words of its first event, as long as those can be read; nothing but the source's stays once they cannot.
/// Thread-safe.
/// </summary>
internal sealed class IntakeAudit(TenantKeys own, TenantSettings settings)
{
    private readonly int _form = Lookup.FormIn(settings.PhoneRegion);
    private int _olderForms;
    private int _repeats;
    private int _sources;

    /// <summary>What could not be proved so far, a sentence each.</summary>
    public IEnumerable<Label> Unproven
    {
        get
        {
            if (_olderForms > 0)
            {
                yield return new(
                    $"By what {_olderForms} of them are found was made from an older normal form (lookup.form): "
                    + "complaint.customer_hash, lookup. 'complaints reconcile --repair' makes it anew.",
                    $"其中 {_olderForms} 件的检索项采用旧的规范形式（lookup.form）：complaint.customer_hash、lookup。complaints reconcile --repair 可重新生成。");
            }
            if (_repeats > 0)
            {
                yield return new(
                    $"By what repeats of {_repeats} imported complaints are told was in the source's file alone: complaint.repeat_hash, "
                    + "complaint.customer_hash.",
                    $"{_repeats} 件导入投诉的重复识别依据仅见于来源文件：complaint.repeat_hash、complaint.customer_hash。");
            }
            if (_sources > 0)
            {
                yield return new(
                    $"The ids by which sources know {_sources} complaints cannot be read any more: complaint.source_hash.",
                    $"{_sources} 件投诉在来源系统中的编号已无法读取：complaint.source_hash。");
            }
        }
    }

    /// <summary>Adds what is not as it follows from the words.</summary>
    /// <param name="complaint">What the history comes to.</param>
    /// <param name="walk">Its events.</param>
    /// <param name="unit">What is stored beside it.</param>
    /// <param name="person">The person's key; <c>null</c> once it is destroyed.</param>
    /// <param name="different">The names of the columns.</param>
    public void Add(Complaint complaint, ChainWalk walk, ChainUnit unit, SubjectKey? person, List<string> different)
    {
        var summary = unit.Head!.Row!.Summary!;
        var sourceId = walk.First switch
        {
            ComplaintRegistered registered => registered.SourceId,
            ComplaintImported imported => imported.SourceId,
            _ => null,
        };
        AddItem(walk.Items, summary, person, different);
        AddSource(complaint, sourceId, summary, person, different);
        AddFound(complaint, summary, unit.Lookups, person, different);
        AddRepeats(summary, person, different);
    }

    /// <summary>The newest reference that was told is the item's, also where it says that there is none.</summary>
    private void AddItem(IReadOnlyList<Personal<Item>> items, ComplaintSummary summary, SubjectKey? person, List<string> different)
    {
        string? expected = null;
        foreach (var item in person is null ? [] : items)
        {
            if (!item.TryReveal(person, out var told))
                return;
            expected = told?.Ref is null ? expected : IntakeHashes.OfItem(told, own.Repeats);
        }
        if (summary.ItemHash != expected)
            different.Add(person is null ? "subject_key, or item_hash" : "item_hash");
    }

    /// <summary>That there is an id is known even where it cannot be read.</summary>
    private void AddSource(
        Complaint complaint, Personal<string>? id, ComplaintSummary summary, SubjectKey? person, List<string> different)
    {
        string? told = null;
        if (id is not null && summary.SourceHash is not null && !id.TryReveal(person, out told))
        {
            Interlocked.Increment(ref _sources);
            return;
        }
        var expected = told is null ? null : IntakeHashes.OfSource(new(complaint.Receipt.Source ?? "", told), own.Sources);
        if (summary.SourceHash != expected || id is not null && expected is null)
            different.Add("source_hash");
    }

    /// <summary>By what repeats are told where an import's mapping says it: then the customer does not, and it is written down nowhere
    /// else.</summary>
    private void AddRepeats(ComplaintSummary summary, SubjectKey? person, List<string> different)
    {
        if (summary.Imported && person is not null && summary.CustomerHash is null)
            Interlocked.Increment(ref _repeats);
        else if (summary.RepeatHash is not null)
            different.Add(person is null ? "subject_key, or repeat_hash" : "repeat_hash");
    }

    /// <summary>By what the customer is found, as the customer said it: nothing once the person is erased.</summary>
    private void AddFound(
        Complaint complaint, ComplaintSummary summary, List<KeptLookup> lookups, SubjectKey? person, List<string> different)
    {
        Complainant? told = null;
        if (person is not null && complaint.Receipt.Complainant is { } sealedOne && !sealedOne.TryReveal(person, out told))
            return;
        var expected = told is null ? [] : LookupText.Hashed(told, own.Lookups, settings.PhoneRegion);
        if (told is not null && lookups.Exists(row => row.Form != _form))
        {
            if (IsOlder(lookups, told, expected))
                Interlocked.Increment(ref _olderForms);
            else
                different.Add("lookup.form");
            return;
        }
        var kept = lookups.Select(row => (row.Hash, row.Kind)).ToHashSet();
        if (!kept.SetEquals(expected.Select(lookup => (lookup.Hash, lookup.Kind)))
            || lookups.Exists(row => row.Person != complaint.Receipt.Person))
            different.Add(person is null ? "subject_key, or lookup" : "lookup");
        var isTold = summary.CustomerHash == IntakeHashes.CustomerOf(expected);
        // An import whose source says by what repeats are told has none.
        if (!isTold && !(summary.Imported && summary.CustomerHash is null))
            different.Add("customer_hash");
    }

    /// <summary>True for look-ups that were made from the other form that they say: all of a complaint's are made together, and what that
    /// form does not make was made from today's. A newer program may have newer forms.</summary>
    private bool IsOlder(List<KeptLookup> lookups, Complainant told, ImmutableArray<Lookup> expected)
    {
        var form = lookups[0].Form;
        if (lookups.Exists(row => row.Form != form))
            return false;
        if (form / 1_000 > Lookup.NewestForm)
            return true;
        if (form != 1 && (form / 1_000 != Lookup.NewestForm || PhoneText.RegionOf(form % 1_000) is null))
            return false;
        var made = form == 1
            ? LookupText.HashedBefore(told, own.Lookups)
            : LookupText.Hashed(told, own.Lookups, PhoneText.RegionOf(form % 1_000)!);
        var numbers = made.Select(lookup => lookup.Hash).ToHashSet(StringComparer.Ordinal);
        return !lookups.Exists(row => row.Kind == Lookup.Phone && !numbers.Contains(row.Hash)
            && expected.Any(lookup => lookup.Hash == row.Hash));
    }
}
