using System.Reflection;
using Complaints.Testing.Conformance;

namespace Complaints.Storage.Tests.Broken;

// Not public, so that the test runner does not take them for tests of their own.
internal sealed class CommitOn<T> : CommitLaws<T> where T : IStoreFixture, new();

internal sealed class ConflictOn<T> : ConflictLaws<T> where T : IStoreFixture, new();

internal sealed class IdempotencyOn<T> : IdempotencyLaws<T> where T : IStoreFixture, new();

internal sealed class IntakeOn<T> : IntakeLaws<T> where T : IStoreFixture, new();

internal sealed class NumberOn<T> : NumberLaws<T> where T : IStoreFixture, new();

internal sealed class TimerOn<T> : TimerLaws<T> where T : IStoreFixture, new();

internal sealed class WorkOn<T> : WorkLaws<T> where T : IStoreFixture, new();

internal sealed class LinkOn<T> : LinkLaws<T> where T : IStoreFixture, new();

internal sealed class PartyOn<T> : PartyLaws<T> where T : IStoreFixture, new();

internal sealed class SweepOn<T> : SweepLaws<T> where T : IStoreFixture, new();

internal sealed class OutboxOn<T> : OutboxLaws<T> where T : IStoreFixture, new();

internal sealed class QueueOn<T> : QueueLaws<T> where T : IStoreFixture, new();

internal sealed class HistoryOn<T> : HistoryLaws<T> where T : IStoreFixture, new();

internal sealed class ListingOn<T> : ListingLaws<T> where T : IStoreFixture, new();

internal sealed class ImportOn<T> : ImportLaws<T> where T : IStoreFixture, new();

internal sealed class TenantOn<T> : TenantLaws<T> where T : IStoreFixture, new();

internal sealed class FidelityOn<T> : FidelityLaws<T> where T : IStoreFixture, new();

internal sealed class DefinitionOn<T> : DefinitionLaws<T> where T : IStoreFixture, new();

internal sealed class AggregateOn<T> : AggregateLaws<T> where T : IStoreFixture, new();

internal sealed class ParticipantOn<T> : ParticipantLaws<T> where T : IStoreFixture, new();

internal sealed class KeyOn<T> : KeyLaws<T> where T : IStoreFixture, new();

internal sealed class ChainOn<T> : ChainLaws<T> where T : IStoreFixture, new();

internal sealed class ConcurrencyOn<T> : ConcurrencyLaws<T> where T : IStoreFixture, new();

/// <summary>Tries the laws on a store outside the test runner and names those that it breaks.</summary>
internal static class LawsOn
{
    private static readonly Type[] Classes =
    [
        typeof(CommitOn<>), typeof(ConflictOn<>), typeof(IdempotencyOn<>), typeof(IntakeOn<>), typeof(NumberOn<>), typeof(TimerOn<>), typeof(WorkOn<>), typeof(LinkOn<>), typeof(SweepOn<>), typeof(OutboxOn<>), typeof(QueueOn<>),
        typeof(PartyOn<>), typeof(HistoryOn<>), typeof(ListingOn<>), typeof(ImportOn<>), typeof(TenantOn<>), typeof(FidelityOn<>),
        typeof(DefinitionOn<>), typeof(AggregateOn<>), typeof(ParticipantOn<>), typeof(KeyOn<>), typeof(ChainOn<>), typeof(ConcurrencyOn<>),
    ];

    /// <summary>One by one, so that whoever wants to see one that is broken need not try the rest.</summary>
    public static async IAsyncEnumerable<string> BrokenByAsync(Type fixture)
    {
        foreach (var laws in Classes.Select(open => open.MakeGenericType(fixture)))
        {
            foreach (var law in laws.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
            {
                foreach (var row in RowsOf(law))
                {
                    if (!await HoldsAsync(laws, law, row))
                        yield return law.Name;
                }
            }
        }
    }

    private static async Task<bool> HoldsAsync(Type laws, MethodInfo law, object?[] row)
    {
        var test = (IAsyncLifetime)Activator.CreateInstance(laws)!;
        await test.InitializeAsync();
        try
        {
            await (Task)law.Invoke(test, row)!;
            return true;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            await test.DisposeAsync();
        }
    }

    /// <summary>The arguments with which a law is tried: once without any, or with each row that stands at it.</summary>
    private static IEnumerable<object?[]> RowsOf(MethodInfo law) =>
        law.IsDefined(typeof(TheoryAttribute)) ? law.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data) : [[]];
}
