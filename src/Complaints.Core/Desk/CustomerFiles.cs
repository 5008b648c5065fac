using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Complaints.Core.Intake;
using NodaTime;

namespace Complaints.Core;

/// <summary>Customers of a JSON file: <c>{ "customers": [ { "customerRef": "C-1", "name": "…", "phone": "…" } ] }</c>, at most 4 MB. It is
/// read again when it changes. Where there is no file nobody is known. Thread-safe.</summary>
/// <param name="path">The file.</param>
/// <exception cref="InvalidDataException">When somebody asks: the file is damaged; the message names it and the place.</exception>
public sealed class FileCustomerDirectory(string path) : ICustomerDirectory
{
    private readonly KeptFile<CustomerFile> _file = new(path, KeptFile.Type<CustomerFile>(), new([]));

    /// <inheritdoc/>
    public ValueTask<CustomerCard?> FindAsync(TenantId tenant, CustomerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(_file.Read().Customers.FirstOrDefault(card => query.CustomerRef is { } reference
            ? KeptFile.AreSame(card.CustomerRef, reference)
            : KeptFile.AreSameNumber(card.Phone, query)));
    }
}

/// <summary>Orders of a JSON file: <c>{ "orders": [ { "ref": "O-1", "customerRef": "C-1", "itemKind": "product" } ] }</c>. The same holds
/// as for <see cref="FileCustomerDirectory"/>.</summary>
/// <param name="path">The file.</param>
public sealed class FileOrderLookup(string path) : IOrderLookup
{
    private readonly KeptFile<OrderFile> _file = new(path, KeptFile.Type<OrderFile>(), new([]));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OrderCard>> FindAsync(TenantId tenant, CustomerQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = _file.Read().Orders.Where(order => query.Order is { } number ? KeptFile.AreSame(order.Ref, number)
            : query.CustomerRef is { } reference ? KeptFile.AreSame(order.CustomerRef, reference)
            : KeptFile.AreSameNumber(order.Phone, query));
        return new([.. found.OrderByDescending(order => order.BoughtOn ?? LocalDate.MinIsoValue).Take(OrderCard.Most)
            .Select(order => new OrderCard(order.Ref, order.ItemKind, order.Model, order.Title, order.BoughtOn))]);
    }
}

/// <summary>A file that is read again when it changes.</summary>
/// <param name="path">The file.</param>
/// <param name="type">What it holds.</param>
/// <param name="none">What holds where there is none.</param>
internal sealed class KeptFile<T>(string path, JsonTypeInfo<T> type, T none) where T : class
{
    private (DateTime At, long Length, T Value)? _kept;
    private readonly Lock _gate = new();

    public T Read()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return none;
        lock (_gate)
        {
            if (_kept is { } kept && kept.At == file.LastWriteTimeUtc && kept.Length == file.Length)
                return kept.Value;
            try
            {
                var value = StrictJson.Read(BoundedFile.Read(path), type);
                _kept = (file.LastWriteTimeUtc, file.Length, value);
                return value;
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"The file '{path}' cannot be read at {e.Path}, line {e.LineNumber + 1}: correct it.", e);
            }
        }
    }
}

internal static class KeptFile
{
    private static readonly JsonSerializerOptions Options = StrictJson.Of(CustomerFilesJson.Default);

    public static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>References as people write them: case, width and blanks aside.</summary>
    public static bool AreSame(string? one, string other) => one is not null && LookupText.Folded(one) == LookupText.Folded(other);

    /// <summary>Numbers as people write them.</summary>
    public static bool AreSameNumber(string? one, CustomerQuery query) => one is not null && query.Phone is { } other
        && LookupText.Phone(one, query.Region) == LookupText.Phone(other, query.Region);
}

internal sealed record CustomerFile(ImmutableArray<CustomerCard> Customers);

internal sealed record OrderFile(ImmutableArray<OrderLine> Orders);

internal sealed record OrderLine(
    string Ref, string? CustomerRef = null, string? Phone = null, string? ItemKind = null, string? Model = null, string? Title = null,
    LocalDate? BoughtOn = null);

/// <summary>How they are read.</summary>
[JsonSourceGenerationOptions(Converters = [typeof(LocalDateJsonConverter)])]
[JsonSerializable(typeof(CustomerFile))]
[JsonSerializable(typeof(OrderFile))]
internal sealed partial class CustomerFilesJson : JsonSerializerContext;
