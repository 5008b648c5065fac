using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Complaints.Core;
using Complaints.Core.Definitions;
using Complaints.Core.Notifications;

namespace Complaints.Notifications.Email;

/// <summary>The mail addresses of our own people by the codes under which the definitions know them: a definition of the kind
/// <c>mail-addresses</c>, one per tenant. At most 10,000 addresses.</summary>
/// <param name="People">By the id of a member of the staff.</param>
/// <param name="Teams">By the code of a team.</param>
/// <param name="Departments">By the code of a department.</param>
/// <param name="Roles">By the code of a role.</param>
/// <param name="Subscribers">By the code of a subscriber.</param>
public sealed record MailAddresses(
    ImmutableSortedDictionary<string, string>? People = null, ImmutableSortedDictionary<string, string>? Teams = null,
    ImmutableSortedDictionary<string, string>? Departments = null, ImmutableSortedDictionary<string, string>? Roles = null,
    ImmutableSortedDictionary<string, string>? Subscribers = null)
{
    private const int Most = 10_000;

    /// <summary>The kind of definition. Details of a refusal: <c>mail.address_invalid</c>, <c>mail.too_many</c>.</summary>
    public static DefinitionKind<MailAddresses> Kind { get; } = new("mail-addresses", MailAddressesJson.Default, "{}")
    {
        Check = static (addresses, _, _) => addresses.Problems(),
    };

    internal string? Of(Addressee to) => to.Key is { } key ? Group(to.Audience)?.GetValueOrDefault(key) : null;

    private ImmutableSortedDictionary<string, string>? Group(string audience) => audience switch
    {
        Audience.Owner => People,
        Audience.Team => Teams,
        Audience.Department => Departments,
        Audience.Role => Roles,
        Audience.Subscriber => Subscribers,
        _ => null,
    };

    private IEnumerable<ComplaintError> Problems()
    {
        var groups = new[]
        {
            ("people", People), ("teams", Teams), ("departments", Departments), ("roles", Roles), ("subscribers", Subscribers),
        };
        if (groups.Sum(group => group.Item2?.Count ?? 0) is var count and > Most)
        {
            yield return new("mail.too_many",
                new Label("There are {length} addresses; name at most {bound}.", "共有 {length} 个地址，最多 {bound} 个。"),
                ("length", count), ("bound", Most));
            yield break;
        }
        foreach (var (name, group) in groups)
        {
            foreach (var (code, address) in group ?? ImmutableSortedDictionary<string, string>.Empty)
            {
                if (MailAddress.Parse(address, null) is null)
                {
                    yield return new("mail.address_invalid",
                        new Label("{path}: is no mail address of at most 254 characters; correct it.", "{path}：不是有效的邮件地址（最多 254 个字符），请更正。"),
                        ("path", $"{name}.{(code.Length <= 40 ? code : code[..40] + "…")}"));
                }
            }
        }
    }
}

/// <summary>How they are read.</summary>
[JsonSerializable(typeof(MailAddresses))]
internal sealed partial class MailAddressesJson : JsonSerializerContext;

/// <summary>The addresses of the tenant's definition.</summary>
internal sealed class DefinedAddresses(DefinitionLibrary definitions) : IStaffAddresses
{
    public async ValueTask<ImmutableArray<string>> FindAsync(TenantId tenant, Addressee to, CancellationToken cancellationToken) =>
        (await definitions.RulesAsync(tenant, cancellationToken).ConfigureAwait(false)).Get(MailAddresses.Kind).Of(to) is { } address
            ? [address] : [];
}
