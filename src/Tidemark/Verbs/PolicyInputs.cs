using System.CommandLine;

namespace Tidemark.Verbs;

/// <summary>Arguments and options that several verbs on policies declare, each with an instance of its own.</summary>
internal static class PolicyInputs
{
    /// <summary>A policy, by id or name.</summary>
    public static Argument<string> Policy() => new("POLICY") { Description = "a policy, by id or name" };

    /// <summary>Disks, by id or name.</summary>
    public static Argument<string[]> Disks() => new("DISK")
    {
        Description = "disks, by id or name",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Whether to say only what would be.</summary>
    public static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "change nothing; say what it means, and the next ten runs",
    };
}
