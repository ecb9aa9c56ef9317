namespace Xunke.Actors.Records;

/// <summary>
/// What Orleans.Persistence.AdoNet expects of a database: its table of states, and a table of the statements that it runs, which are
/// ours to write. The hashes and numbers that it also passes are left out: our keys are short texts, and the texts are the key.
/// Migrations use these words: a change is a migration of its own.
/// </summary>
internal static class OrleansTables
{
    /// <summary>Whose the states are; several could share a table.</summary>
    public const string Service = "xunke";

    /// <summary>Goes before every id: what looks like a number in hex would be taken for one.</summary>
    public const string IdPrefix = "id:";

    private const string Key =
        "graintypestring = @GrainTypeString AND grainidextensionstring = @GrainIdExtensionString AND serviceid = @ServiceId";

    /// <summary>The tables and their rows in SQLite.</summary>
    public const string Sqlite = $"""
        CREATE TABLE OrleansQuery (querykey TEXT PRIMARY KEY, querytext TEXT NOT NULL);
        CREATE TABLE OrleansStorage (
            graintypestring TEXT NOT NULL, grainidextensionstring TEXT NOT NULL, serviceid TEXT NOT NULL,
            payloadbinary BLOB NULL, version INTEGER NOT NULL, PRIMARY KEY (graintypestring, grainidextensionstring, serviceid)) WITHOUT ROWID;
        INSERT INTO OrleansQuery VALUES
        ('ReadFromStorageKey', 'SELECT payloadbinary AS PayloadBinary, version AS Version FROM OrleansStorage WHERE {Key}'),
        ('WriteToStorageKey', '
            INSERT INTO OrleansStorage SELECT @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, 1
                WHERE @GrainStateVersion IS NULL ON CONFLICT DO NOTHING RETURNING version AS NewGrainStateVersion;
            UPDATE OrleansStorage SET payloadbinary = @PayloadBinary, version = version + 1
                WHERE version = @GrainStateVersion AND {Key} RETURNING version AS NewGrainStateVersion'),
        ('ClearStorageKey', 'UPDATE OrleansStorage SET payloadbinary = NULL, version = version + 1
            WHERE version = @GrainStateVersion AND {Key} RETURNING version AS NewGrainStateVersion');
        """;

    /// <summary>The tables and their rows in PostgreSQL.</summary>
    public const string PostgreSql = $"""
        CREATE TABLE OrleansQuery (querykey text PRIMARY KEY, querytext text NOT NULL);
        CREATE TABLE OrleansStorage (
            graintypestring text COLLATE "C" NOT NULL, grainidextensionstring text COLLATE "C" NOT NULL, serviceid text NOT NULL,
            payloadbinary bytea NULL, version integer NOT NULL, PRIMARY KEY (graintypestring, grainidextensionstring, serviceid));
        INSERT INTO OrleansQuery VALUES
        ('ReadFromStorageKey', 'SELECT payloadbinary AS "PayloadBinary", version AS "Version" FROM OrleansStorage WHERE {Key}'),
        ('WriteToStorageKey', '
            WITH made AS (
                INSERT INTO OrleansStorage SELECT @GrainTypeString, @GrainIdExtensionString, @ServiceId, @PayloadBinary, 1
                    WHERE @GrainStateVersion::integer IS NULL ON CONFLICT DO NOTHING RETURNING version),
            changed AS (
                UPDATE OrleansStorage SET payloadbinary = @PayloadBinary, version = version + 1
                    WHERE version = @GrainStateVersion::integer AND {Key} RETURNING version)
            SELECT version AS "NewGrainStateVersion" FROM made UNION ALL SELECT version FROM changed'),
        ('ClearStorageKey', 'UPDATE OrleansStorage SET payloadbinary = NULL, version = version + 1
            WHERE version = @GrainStateVersion::integer AND {Key} RETURNING version AS "NewGrainStateVersion"');
        """;

    /// <summary>Where versions before kept the states, made where there is none, so that it can be read.</summary>
    public const string Former = """
        CREATE TABLE IF NOT EXISTS actor_state (
            type TEXT NOT NULL, id TEXT NOT NULL, version BIGINT NOT NULL, payload TEXT NOT NULL, saved_at BIGINT NOT NULL,
            PRIMARY KEY (type, id));
        """;

    /// <summary>Takes the states and the areas over from there.</summary>
    /// <param name="bytes">How the database calls the bytes of its text.</param>
    public static string TakeOver(string bytes) => $"""
        INSERT INTO OrleansStorage (graintypestring, grainidextensionstring, serviceid, payloadbinary, version)
            SELECT type, '{IdPrefix}' || id, '{Service}', {bytes}, version FROM actor_state WHERE type = 'classroom';
        INSERT INTO "RoomAreas" ("RoomId", "Kind", "Version", "Payload")
            SELECT id, type, version, payload FROM actor_state WHERE type IN ('seat-map', 'room-areas');
        DROP TABLE actor_state;
        """;
}
