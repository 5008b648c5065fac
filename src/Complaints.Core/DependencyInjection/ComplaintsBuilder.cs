using Complaints.Core.Assignment;
using Complaints.Core.Contact;
using Complaints.Core.Definitions;
using Complaints.Core.Intake;
using Complaints.Core.Sla;
using Complaints.Core.Storage;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;

namespace Complaints.Core.DependencyInjection;

/// <summary>Registers complaint handling: <c>Add</c> a capability, <c>Use</c> a choice. Every call may be made twice.</summary>
public sealed class ComplaintsBuilder
{
    internal ComplaintsBuilder(IServiceCollection services) => Services = services;

    /// <summary>Where everything is registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps the master key in a file, made at first use. Back the file up: without it, personal data cannot be read.</summary>
    /// <param name="path">The file; a relative path counts from the current folder. Every program on one database needs the same
    /// file, and no other database may have it: an older key is taken out of it once nothing of that database is under it.</param>
    public ComplaintsBuilder UseKeyFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.Replace(ServiceDescriptor.Singleton<IKeyProtector>(_ => new FileKeyProtector(path)));
        return this;
    }

    /// <summary>Where the master key is kept as long as nobody chooses: a storage package names a file beside its database.</summary>
    /// <param name="path">The file; <c>null</c> where no place suits every host, so that one must be chosen
    /// (<see cref="UseKeyFile"/>).</param>
    public ComplaintsBuilder UseDefaultKeyFile(string? path)
    {
        Services.RemoveAll<DefaultKeyFile>();
        if (path is not null)
            Services.AddSingleton(new DefaultKeyFile(path));
        return this;
    }

    /// <summary>Keeps files of evidence in a folder, sealed under the keys of their persons.</summary>
    /// <param name="folder">The folder, made at first use; a relative path counts from the current folder. Every program on one database
    /// needs the same folder.</param>
    public ComplaintsBuilder UseEvidenceFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Services.Replace(ServiceDescriptor.Singleton<IEvidenceStore>(new FolderEvidenceStore(folder)));
        return this;
    }

    /// <summary>Answers from a file what is known already of a kind of problem (<see cref="KnowledgeFile"/>).</summary>
    /// <param name="path">The file; a relative path counts from the current folder.</param>
    public ComplaintsBuilder UseKnowledgeFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Services.Replace(ServiceDescriptor.Singleton<IKnowledgeBase>(new KnowledgeFile(path)));
        return this;
    }

    /// <summary>Brings a definition along: it is published at start when it differs from the newest version.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="json">Its content.</param>
    /// <param name="tenant">Whose it is; <c>null</c> for the default tenant's.</param>
    /// <param name="effectiveFrom">From when on it holds; <c>null</c> for at once. The one that holds until then may be brought along
    /// too.</param>
    public ComplaintsBuilder AddDefinition(string kind, string id, string json, TenantId? tenant = null, Instant? effectiveFrom = null)
    {
        Services.AddSingleton(new DefinitionSeed(tenant ?? TenantId.Default, kind, id, json, effectiveFrom));
        return this;
    }

    /// <summary>The same by the kind's handle.</summary>
    public ComplaintsBuilder AddDefinition(DefinitionKind kind, string id, string json, TenantId? tenant = null,
        Instant? effectiveFrom = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return AddDefinition(kind.Name, id, json, tenant, effectiveFrom);
    }

    /// <summary>The same as a value.</summary>
    public ComplaintsBuilder AddDefinition<T>(
        DefinitionKind<T> kind, string id, T value, TenantId? tenant = null, Instant? effectiveFrom = null) where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        return AddDefinition(kind.Name, id, kind.Write(value), tenant, effectiveFrom);
    }

    /// <summary>Brings a policy along.</summary>
    public ComplaintsBuilder AddDefinition(string id, SlaPolicy policy, TenantId? tenant = null, Instant? effectiveFrom = null) =>
        AddDefinition(SlaDefinitions.Policies, id, policy, tenant, effectiveFrom);

    /// <summary>Adds a kind of definition that another package owns: its built-in is published for every tenant, new versions are checked
    /// by it, and <see cref="Rulebook.Get"/> reads what is in force.</summary>
    public ComplaintsBuilder AddDefinitionKind(DefinitionKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (Services.All(known => !ReferenceEquals(known.ImplementationInstance, kind)))
            Services.AddSingleton(kind);
        return this;
    }

    /// <summary>Brings along every <c>kind.id.json</c> of a folder.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public ComplaintsBuilder AddDefinitions(string folder, TenantId? tenant = null)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file).Split('.') is not [var kind, var id, "json"])
                throw new ArgumentException($"'{file}' is not named kind.id.json.", nameof(folder));
            AddDefinition(kind, id, BoundedFile.Read(file), tenant);
        }
        return this;
    }

    /// <summary>Finds customers and orders in two JSON files (<see cref="FileCustomerDirectory"/>, <see cref="FileOrderLookup"/>), unless
    /// the host has registered an <see cref="ICustomerDirectory"/> or <see cref="IOrderLookup"/> of its own.</summary>
    public ComplaintsBuilder UseCustomerFiles(string customers, string orders)
    {
        ArgumentNullException.ThrowIfNull(customers);
        ArgumentNullException.ThrowIfNull(orders);
        Services.TryAddSingleton<ICustomerDirectory>(new FileCustomerDirectory(customers));
        Services.TryAddSingleton<IOrderLookup>(new FileOrderLookup(orders));
        return this;
    }

    /// <summary>Numbers complaints in blocks of this size, 1 to 10,000.</summary>
    public ComplaintsBuilder UseNumbers(NumberOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BlockSize, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BlockSize, 10_000, nameof(options));
        Services.Replace(ServiceDescriptor.Singleton(options));
        return this;
    }
}

/// <summary>The master key's file where no other protector was chosen.</summary>
internal sealed record DefaultKeyFile(string Path)
{
    public static IKeyProtector Open(IServiceProvider provider) => provider.GetService<DefaultKeyFile>() is { } file
        ? new FileKeyProtector(file.Path)
        : throw new InvalidOperationException(
            "Nobody chose where the master key of personal data lies: call UseKeyFile(path) behind AddComplaints(), with the same file for every host on the database, or register an IKeyProtector.");
}

/// <summary>The entrance: <c>services.AddComplaints().UseSqlite("Data Source=complaints.db")</c>.</summary>
public static class ComplaintsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ComplaintDesk"/> and what it needs, but no store: choose one with a <c>Use</c> of a storage package. Every
    /// <c>IValidator&lt;IntakeDraft&gt;</c> that is registered too is asked before a registration or an import
    /// (<see cref="HostValidators"/>). An <see cref="IStaffDirectory"/> of the host's takes the place of the definition <c>staff</c>, and
    /// every <see cref="IAssignmentStrategy"/> can be named by the routing.</summary>
    public static ComplaintsBuilder AddComplaints(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
#pragma warning disable RS0030 // This is the edge: the one place where the ambient clock enters, as an IClock that a host may replace.
        services.TryAddSingleton<IClock>(SystemClock.Instance);
#pragma warning restore RS0030
        services.TryAddSingleton<IIdGenerator, UuidV7Generator>();
        services.TryAddSingleton(new NumberOptions());
        services.TryAddSingleton(DefaultKeyFile.Open);
        services.TryAddSingleton<DamageRecord>();
        services.TryAddSingleton<PersonKeys>();
        services.TryAddSingleton<DefinitionLibrary>();
        services.TryAddSingleton(provider => provider.GetService<IComplaintStore>() as IDeadlineClock ?? new HostClock(provider.GetRequiredService<IClock>()));
        services.TryAddSingleton<IStaffDirectory, DefinedStaff>();
        services.TryAddSingleton(provider => new AssignmentOffice(
            provider.GetRequiredService<IStaffDirectory>(), provider.GetServices<IAssignmentStrategy>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => new IntakeAdviser(
            provider.GetService<ICustomerDirectory>(), provider.GetService<IOrderLookup>(), provider.GetService<IClassifierSuggestion>(),
            provider.GetService<TimeProvider>()));
        services.TryAddSingleton(provider => HasValidators(provider)
            ? new HostValidators(provider.GetRequiredService<IServiceScopeFactory>())
            : HostValidators.None);
        services.TryAddSingleton<DeskServices>();
        services.TryAddSingleton<ComplaintDesk>();
        services.TryAddSingleton<ImportDesk>();
        services.TryAddSingleton<HistoryAudit>();
        return new ComplaintsBuilder(services);
    }

    /// <summary>A container that cannot say is asked for each draft.</summary>
    private static bool HasValidators(IServiceProvider provider) =>
        provider.GetService<IServiceProviderIsService>()?.IsService(typeof(IValidator<IntakeDraft>)) ?? true;
}
