using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Xunke.Tests.Web.Deeds;

/// <summary>What strikes a request at one of its database's steps.</summary>
internal enum Sabotage
{
    /// <summary>The browser hangs up.</summary>
    Abort,

    /// <summary>The database stays busy.</summary>
    Busy,

    /// <summary>The database's disk is full.</summary>
    Full,
}

/// <summary>
/// Strikes the requests that carry its header at the n-th step that they take in the database: a command, the beginning of
/// a transaction, its commit. A step outside of any request counts as well while such a request waits: the owners of visits
/// and recordings write in their own turns.
/// </summary>
internal sealed class Saboteur : DbCommandInterceptor, IDbTransactionInterceptor, IStartupFilter
{
    public const string Header = "X-Sabotage";

    private readonly AsyncLocal<Strike?> _strike = new();
    private Strike? _armed;
    private volatile Strike? _waitedFor;

    /// <summary>Whether the armed request got as far as its step.</summary>
    public bool HasStruck => _armed is { Struck: true };

    /// <summary>Puts it into a server.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton<IInterceptor>(this);
        services.AddSingleton<IStartupFilter>(this);
    }

    /// <summary>The next request with the header is struck at this step, from 1.</summary>
    /// <param name="sabotage">How.</param>
    /// <param name="step">At which step; 0: at every step from the first on.</param>
    public void Arm(Sabotage sabotage, int step) => _armed = new Strike(sabotage, step);

    /// <inheritdoc />
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            if (context.Request.Headers.ContainsKey(Header) && _armed is { } armed)
            {
                _strike.Value = _waitedFor = armed;
                context.RequestAborted = armed.Aborted.Token;
            }

            try
            {
                await following(context);
            }
            finally
            {
                if (_strike.Value is not null)
                {
                    _waitedFor = null;
                }
            }
        });
        next(app);
    };

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default) => Step(result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Step(result);

    /// <inheritdoc />
    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) =>
        Step(result);

    /// <inheritdoc />
    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result,
        CancellationToken cancellationToken = default) => Step(result);

    private ValueTask<T> Step<T>(T result)
    {
        if ((_strike.Value ?? _waitedFor) is { } strike && strike.IsDue())
        {
            switch (strike.Sabotage)
            {
                case Sabotage.Abort:
                    strike.Aborted.Cancel();
                    break;
                case Sabotage.Busy:
                    throw new SqliteException("database is locked", 5);
                default:
                    throw new SqliteException("database or disk is full", 13);
            }
        }

        return ValueTask.FromResult(result);
    }

    private sealed class Strike(Sabotage sabotage, int step)
    {
        private int _taken;

        public Sabotage Sabotage => sabotage;

        public CancellationTokenSource Aborted { get; } = new();

        public bool Struck { get; private set; }

        public bool IsDue()
        {
            bool due = Interlocked.Increment(ref _taken) == step || step == 0;
            Struck |= due;
            return due;
        }
    }
}
