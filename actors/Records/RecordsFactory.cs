using Microsoft.EntityFrameworkCore;

namespace Xunke.Actors.Records;

/// <summary>Makes the contexts of the database in use for those who do not ask which one that is.</summary>
/// <typeparam name="TContext">The context of that database.</typeparam>
public sealed class RecordsFactory<TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<RecordsContext>
    where TContext : RecordsContext
{
    /// <inheritdoc />
    public RecordsContext CreateDbContext() => contexts.CreateDbContext();
}
