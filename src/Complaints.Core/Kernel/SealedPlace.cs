using System.Buffers.Binary;
using System.Text;

namespace Complaints.Core;

/// <summary>
/// Where a personal value stands. It is sealed for its place, and opens nowhere else. The place is a field of an aggregate, and neither an
/// event nor a column: one envelope stands in the event, in the state and in the list, and is the same field in all of them.
/// </summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Aggregate">The kind of aggregate, such as <c>complaint</c>.</param>
/// <param name="Id">The aggregate's id.</param>
/// <param name="Field">The field's name, such as <c>title</c>: lower-case words with hyphens, which never change.</param>
public readonly record struct SealedPlace(TenantId Tenant, string Aggregate, Guid Id, string Field)
{
    /// <summary>False for <c>default</c>: nobody has said where the value stands.</summary>
    public bool IsKnown => Tenant.Value is not null && Aggregate is not null && Field is not null;

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    internal int Size => 4 + TextSize(Tenant.Value) + TextSize(Aggregate) + 16 + 16 + TextSize(Field);

    /// <summary>
    /// What is authenticated with the sealed bytes: version, tenant, kind, id, person and field. A text has its length before it, so that
    /// no two places have the same bytes.
    /// </summary>
    internal void Write(int version, SubjectId person, Span<byte> to)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, version);
        to = Text(Aggregate, Text(Tenant.Value, to[4..]));
        Id.TryWriteBytes(to, bigEndian: true, out _);
        person.Value.TryWriteBytes(to[16..], bigEndian: true, out _);
        Text(Field, to[32..]);
    }

    private static int TextSize(string text) => 4 + Encoding.UTF8.GetByteCount(text);

    /// <returns>What lies behind the text.</returns>
    private static Span<byte> Text(string text, Span<byte> to)
    {
        var length = Encoding.UTF8.GetBytes(text, to[4..]);
        BinaryPrimitives.WriteInt32BigEndian(to, length);
        return to[(4 + length)..];
    }
}

/// <summary>A personal value of an event or a state, and its name there.</summary>
/// <param name="Name">See <see cref="SealedPlace.Field"/>.</param>
/// <param name="Value">The value, if there is one.</param>
internal readonly record struct PersonalField(string Name, IPersonal? Value)
{
    /// <summary>Whom it is about; <c>null</c> for the person of the aggregate itself, who of a complaint is the complainant.</summary>
    public SubjectId? About { get; init; }
}
