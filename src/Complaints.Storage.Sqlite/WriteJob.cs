using Complaints.Storage.Relational;

namespace Complaints.Storage.Sqlite;

/// <summary>Something that waits to be written, together with whoever waits for it. Until it is begun it can be cancelled; then it is finished.</summary>
internal abstract class WriteJob
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Cancelled = 2;
    private int _stage;

    /// <summary>False when its caller has given up meanwhile.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _stage, Begun, Waiting) == Waiting;

    /// <summary>Writes into the transaction at hand; false to undo it.</summary>
    public abstract ValueTask<bool> RunAsync(SqlSession session);

    /// <summary>Answers: what was written is durable, or what was to be undone is.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception error);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _stage, Cancelled, Waiting) == Waiting;
}

/// <inheritdoc/>
internal sealed class WriteJob<T> : WriteJob
{
    private readonly Func<SqlSession, ValueTask<Written<T>>> _write;
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _cancellation;
    private T? _answer;

    public WriteJob(Func<SqlSession, ValueTask<Written<T>>> write, CancellationToken cancellationToken)
    {
        _write = write;
        _cancellation = cancellationToken.UnsafeRegister(static (job, token) => ((WriteJob<T>)job!).Cancel(token), this);
    }

    public Task<T> Task => _done.Task;

    public override async ValueTask<bool> RunAsync(SqlSession session)
    {
        var written = await _write(session).ConfigureAwait(false);
        _answer = written.Answer;
        return written.Keep;
    }

    public override void Complete()
    {
        _cancellation.Unregister();
        _done.TrySetResult(_answer!);
    }

    public override void Fail(Exception error)
    {
        _cancellation.Unregister();
        _done.TrySetException(error);
    }

    private void Cancel(CancellationToken token)
    {
        if (TryCancel())
            _done.TrySetCanceled(token);
    }
}
