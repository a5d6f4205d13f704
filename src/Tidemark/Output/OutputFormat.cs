namespace Tidemark.Output;

/// <summary>For whom a command prints.</summary>
internal enum OutputFormat
{
    /// <summary>Tables for people.</summary>
    Table,

    /// <summary>JSON in the members of the API, for programs.</summary>
    Json,
}
