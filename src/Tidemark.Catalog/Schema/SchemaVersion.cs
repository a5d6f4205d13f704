using System.Globalization;
using Microsoft.Data.Sqlite;
using Tidemark.Engine;

namespace Tidemark.Catalog.Schema;

/// <summary>
/// Brings a database to a version of the schema. Which version it has is SQLite's <c>user_version</c>.
/// </summary>
internal static class SchemaVersion
{
    /// <summary>The version of a database; 0 when nothing was ever made in it.</summary>
    public static int Read(SqliteConnection connection) =>
        checked((int)SqlText.Scalar(connection, "PRAGMA user_version"));

    /// <summary>Applies the missing steps up to <paramref name="version"/>, each in a transaction of its own.</summary>
    /// <returns>Whether anything was applied.</returns>
    /// <exception cref="EngineException">The database is newer than the program.</exception>
    public static bool Raise(SqliteConnection connection, IReadOnlyList<Migration> migrations, int version)
    {
        var found = Read(connection);
        RefuseNewer(found, migrations[^1].Version);
        foreach (var migration in migrations)
        {
            if (migration.Version <= found || migration.Version > version)
                continue;
            Apply(connection, migration);
        }

        return found < version;
    }

    /// <summary>Refuses a schema that this program does not know.</summary>
    public static void RefuseNewer(int found, int newest)
    {
        if (found > newest)
        {
            throw new EngineException(
                EngineFault.Invalid,
                $"The catalog has schema version {found}; this program knows versions up to {newest}. " +
                "Start the newer program that wrote it.");
        }
    }

    private static void Apply(SqliteConnection connection, Migration migration)
    {
        SqlText.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            SqlText.Execute(connection, migration.Sql);
            SqlText.Execute(connection, string.Create(CultureInfo.InvariantCulture,
                $"PRAGMA user_version = {migration.Version}"));
            SqlText.Execute(connection, "COMMIT");
        }
        catch (SqliteException)
        {
            SqlText.Execute(connection, "ROLLBACK");
            throw;
        }
    }
}
