using Complaints.Storage.Relational;

namespace Complaints.Storage.Sqlite;

/// <summary>Something that waits to be written, together with whoever waits for it.</summary>
internal abstract class WriteJob(CancellationToken cancellationToken)
{
    /// <summary>True when its caller has given up; it is then never begun.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected CancellationToken Token => cancellationToken;

    /// <summary>Writes into the transaction at hand; false to undo it.</summary>
    public abstract ValueTask<bool> RunAsync(SqlSession session);

    /// <summary>Answers: what was written is durable, or what was to be undone is.</summary>
    public abstract void Complete();

    public abstract void Cancel();

    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class WriteJob<T>(Func<SqlSession, ValueTask<Written<T>>> write, CancellationToken cancellationToken) : WriteJob(cancellationToken)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _answer;

    public Task<T> Task => _done.Task;

    public override async ValueTask<bool> RunAsync(SqlSession session)
    {
        var written = await write(session).ConfigureAwait(false);
        _answer = written.Answer;
        return written.Keep;
    }

    public override void Complete() => _done.TrySetResult(_answer!);

    public override void Cancel() => _done.TrySetCanceled(Token);

    public override void Fail(Exception error) => _done.TrySetException(error);
}
