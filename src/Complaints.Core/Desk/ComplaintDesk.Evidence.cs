using Complaints.Core.Contact;
using Complaints.Core.History;
using Complaints.Core.Storage;

namespace Complaints.Core;

/// <content>Files that are handed in as evidence.</content>
public sealed partial class ComplaintDesk
{
    /// <summary>
    /// Stores a file, sealed under the complainant's key, and records it as evidence. It is read once, hashed and looked at while it is
    /// stored; where it is not what the command
    /// says of it, or the command is refused, nothing of it stays. One that is recorded already, and got lost, is the same piece of
    /// evidence. A file that is too large is refused before it is read. Inside a
    /// transaction of the host that is rolled back, and where an exception leaves open whether it was recorded, the file stays: send the
    /// same command again.
    /// </summary>
    /// <param name="id">The complaint.</param>
    /// <param name="command">What is known of the file. Errors besides its own: <c>evidence.hash_mismatch</c>, <c>evidence.type</c>,
    /// <c>evidence.person_erased</c>.</param>
    /// <param name="content">The file, from where it stands to its end; it need not be seekable, and stays open.</param>
    /// <param name="options">As for every command.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The desk was built without a store for evidence.</exception>
    public async Task<CommandResult> AddEvidenceAsync(
        ComplaintId id, AddEvidence command, Stream content, CommandOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(content);
        var preview = await PreviewAsync(id, command, cancellationToken).ConfigureAwait(false);
        if (preview?.Refusal?.Code == AddEvidence.Twice.Code && await IsLostAsync(id, command, cancellationToken).ConfigureAwait(false))
        {
            command = command with { ReplacesLost = true };
            preview = await PreviewAsync(id, command, cancellationToken).ConfigureAwait(false);
        }
        // A command that was carried out before is answered as then, and one that is refused needs no file.
        if (preview is not { Refusal: null, Next: { } complaint })
            return await ExecuteAsync(id, command, options, cancellationToken).ConfigureAwait(false);
        var person = complaint.Receipt.Person;
        if (await _services.Keys.FindAsync(Tenant, person, cancellationToken).ConfigureAwait(false) is not { } sealing)
            return CommandResult.Refused(AddEvidence.Erased.Plain);
        var key = new EvidenceKey(Tenant, person, id, command.Sha256.ToLowerInvariant());
        var wasThere = await _services.Evidence.ExistsAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            var reading = new EvidenceReading(content, key.Sha256, command.Size, command.Type, leaveOpen: true);
            await using (reading.ConfigureAwait(false))
            {
                var kept = EvidenceSeal.Seal(reading, command.Size, sealing, key);
                await using (kept.ConfigureAwait(false))
                    await _services.Evidence.PutAsync(key, kept, cancellationToken).ConfigureAwait(false);
            }
            if (!reading.IsWhole)
                throw new InvalidOperationException("The store for evidence did not read the file to its end, and cannot have kept it.");
        }
        catch (EvidenceException e)
        {
            var rules = await _services.Definitions.RulesAsync(Tenant, cancellationToken).ConfigureAwait(false);
            return CommandResult.Refused(e.Error ?? command.OfAnotherType(rules));
        }
        var result = await ExecuteAsync(id, command, options, cancellationToken).ConfigureAwait(false);
        var isUnwanted = result.Answer is { } answer
            ? answer.WordsLeftOut
            : !wasThere && result.Complaint?.Contact.Evidence.Any(mark => mark.Sha256 == key.Sha256) is not true;
        if (isUnwanted)
            await _services.Evidence.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        return result;
    }

    /// <summary>Whether the file of a piece of evidence that is recorded is not in the store.</summary>
    private async Task<bool> IsLostAsync(ComplaintId id, AddEvidence command, CancellationToken cancellationToken) =>
        await PeekAsync(id, cancellationToken).ConfigureAwait(false) is { } there
        && !await _services.Evidence.ExistsAsync(
            new(Tenant, there.Receipt.Person, id, command.Sha256.ToLowerInvariant()), cancellationToken).ConfigureAwait(false);

    /// <summary>Opens a file of evidence for whoever may see the complaint. Reading it to its end fails with an <see cref="IOException"/>
    /// where it is not the one that was handed in.</summary>
    /// <param name="id">The complaint.</param>
    /// <param name="number">The number of the evidence.</param>
    /// <param name="purpose">What for: the name is somebody's words.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns><c>null</c> where there is no such evidence, its file is not here, or its person was erased.</returns>
    public async Task<OpenedEvidence?> OpenEvidenceAsync(
        ComplaintId id, int number, Purpose purpose, CancellationToken cancellationToken = default)
    {
        if (await ViewAsync(id, cancellationToken).ConfigureAwait(false) is not { } view
            || view.EvidenceOf(number) is not { } added)
            return null;
        var words = await RevealAsync(view, purpose, cancellationToken).ConfigureAwait(false);
        var key = new EvidenceKey(Tenant, view.Complaint.Receipt.Person, id, added.Sha256);
        if (words.Of(added.Name) is not { } name
            || await _services.Keys.FindAsync(Tenant, key.Person, cancellationToken).ConfigureAwait(false) is not { } sealing
            || await _services.Evidence.OpenAsync(key, cancellationToken).ConfigureAwait(false) is not { } kept)
            return null;
        var file = EvidenceSeal.Open(kept, added.Size, sealing, key);
        return new(name, added.Type, added.Size, new EvidenceReading(file, added.Sha256, added.Size, type: null));
    }
}

/// <summary>A file of evidence, open to be read.</summary>
/// <param name="Name">Its name, in clear words.</param>
/// <param name="Type">Its type.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Content">Its content; whoever takes it disposes it.</param>
public sealed record OpenedEvidence(string Name, string Type, long Size, Stream Content)
{
    /// <summary>It prints its type only.</summary>
    public override string ToString() => Type;
}
