using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Xunke.Tests.Support;

/// <summary>Notes every statement that Entity Framework sends to one SQLite file while it lasts.</summary>
internal sealed class ObservedQueries : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentDictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly string _file;

    public ObservedQueries(string file)
    {
        _file = file;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>The different statements so far.</summary>
    public IReadOnlyCollection<Statement> Statements => [.. _statements.Values];

    public void Dispose()
    {
        foreach (IDisposable subscription in _subscriptions)
        {
            subscription.Dispose();
        }
    }

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
        {
            _subscriptions.Add(value.Subscribe(this));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData data && data.Command.Connection?.DataSource == _file)
        {
            _statements.TryAdd(data.Command.CommandText, new Statement(
                data.Command.CommandText,
                [.. data.Command.Parameters.Cast<DbParameter>().Select(one => new SqliteParameter(one.ParameterName, one.Value))]));
        }
    }

    public void OnCompleted()
    {
        // Nothing is kept open for it.
    }

    public void OnError(Exception error)
    {
        // Listeners do not fail.
    }

    /// <summary>A statement with the values that it was first sent with.</summary>
    internal sealed record Statement(string Text, IReadOnlyList<SqliteParameter> Parameters)
    {
        /// <summary>How SQLite goes about it.</summary>
        public IReadOnlyList<string> Plan(SqliteConnection connection)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "EXPLAIN QUERY PLAN " + Text;
            command.Parameters.AddRange(Parameters.Select(one => new SqliteParameter(one.ParameterName, one.Value)));
            using SqliteDataReader reader = command.ExecuteReader();
            var plan = new List<string>();
            while (reader.Read())
            {
                plan.Add(reader.GetString(3));
            }

            return plan;
        }

        /// <summary>Steps of SQLite's machine for all of its rows: some dozens a row that is looked at.</summary>
        public int Steps(SqliteConnection connection)
        {
            const int vmStep = 4;
            raw.sqlite3_prepare_v2(connection.Handle, Text, out sqlite3_stmt statement).ShouldBe(raw.SQLITE_OK, Text);
            using (statement)
            {
                foreach (SqliteParameter parameter in Parameters)
                {
                    int place = raw.sqlite3_bind_parameter_index(statement, parameter.ParameterName);
                    _ = parameter.Value switch
                    {
                        null or DBNull => raw.sqlite3_bind_null(statement, place),
                        long or int or bool => raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(parameter.Value, null)),
                        Guid id => raw.sqlite3_bind_text(statement, place, id.ToString().ToUpperInvariant()),
                        object text => raw.sqlite3_bind_text(statement, place, text.ToString()),
                    };
                }

                while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                {
                    // Counted below.
                }

                return raw.sqlite3_stmt_status(statement, vmStep, 0);
            }
        }
    }

    private static class DbLoggerCategory
    {
        public const string Name = "Microsoft.EntityFrameworkCore";
    }
}
