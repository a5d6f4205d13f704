using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog;

/// <summary>Statements that are constants of this program, run as they are.</summary>
internal static class SqlText
{
    /// <summary>Runs statements that return nothing.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Texts are constants, or paths that were quoted.")]
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement that returns one number.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every text is a constant of this program.")]
    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>A text literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
