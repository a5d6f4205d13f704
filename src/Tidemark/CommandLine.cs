using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Tidemark.Output;
using Tidemark.Verbs;

namespace Tidemark;

/// <summary>The whole command line: the tree of verbs, and how a wrong one is answered.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; never throws for what a user can do.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var root = BuildRoot();
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        if (arguments.Count == 0)
        {
            await root.Parse(["--help"]).InvokeAsync(configuration, cancellation);
            return (int)ExitCode.Usage;
        }

        var parse = root.Parse(arguments);
        if (parse.Action is not ParseErrorAction && (parse.Errors.Count == 0 || parse.Action is not null))
            return await parse.InvokeAsync(configuration, cancellation);

        new Printer(FormatOf(parse), output, error).Error(CommandException.Usage(
            string.Join(" ", parse.Errors.Select(problem => problem.Message)),
            $"See '{PathOf(parse)} --help'."));
        return (int)ExitCode.Usage;
    }

    /// <summary>The printer that the parsed options ask for.</summary>
    public static Printer PrinterFor(ParseResult parse) => new(
        FormatOf(parse), parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);

    private static RootCommand BuildRoot()
    {
        var root = new RootCommand("Cloud disks on your own machines, with snapshots that cost milliseconds.")
        {
            new DemoVerb(),
            new UpVerb(),
            new ServeVerb(),
            Group("disk", "Create, list, grow, attach, suspend and remove disks.",
                [new DiskCreate(), new DiskList(), new DiskShow(), new DiskRemove(), new DiskRestore(),
                    new DiskResize(), new DiskAttach(), new DiskDetach(), new DiskSuspend(), new DiskResume()]),
            Group("snap", "Take, list, change, lock, remove, restore, roll back to, export and import snapshots.",
                [new SnapCreate(), new SnapList(), new SnapShow(), new SnapRemove(), new SnapRollback(),
                    new SnapModify(), new SnapLock(), new SnapUnlock(), new SnapRestore(),
                    new SnapExport(), new SnapImport()]),
            Group("group", "Take, list, remove and roll back to snapshots of several disks at one instant.",
                [new GroupCreate(), new GroupList(), new GroupShow(), new GroupRemove(), new GroupRollback()]),
            Group("quota", "List and set what an account may have.", [new QuotaList(), new QuotaSet()]),
            Group("policy", "Take snapshots by the clock: make, list, change, bind and remove policies.",
                [new PolicyCreate(), new PolicyList(), new PolicyShow(), new PolicyModify(), new PolicyRemove(),
                    PolicyBindVerb.Bind(), PolicyBindVerb.Unbind()]),
            new DiffVerb(),
            new CheckVerb(),
            new RepairVerb(),
            Group("key", "Show which key the commands use; make, list, disable and remove keys.",
                [new KeyShow(), new KeyCreate(), new KeyList(), new KeyEnable(), new KeyDisable(), new KeyRemove()]),
            Group("account", "Make, list and remove accounts, whose resources do not see each other.",
                [new AccountCreate(), new AccountList(), new AccountRemove()]),
        };
        root.HelpName = "tidemark";
        root.Options.Add(CommonOptions.Output);
        return root;
    }

    private static Command Group(string name, string description, IEnumerable<Verb> verbs)
    {
        var group = new Command(name, description);
        group.Options.Add(CommonOptions.Output);
        foreach (var verb in verbs)
            group.Subcommands.Add(verb);
        return group;
    }

    private static OutputFormat FormatOf(ParseResult parse) =>
        parse.GetResult(CommonOptions.Output) is { Errors: var errors } && !errors.Any()
            ? parse.GetValue(CommonOptions.Output)
            : OutputFormat.Table;

    private static string PathOf(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Insert(0, result.Command is RootCommand ? "tidemark" : result.Command.Name);
        return string.Join(' ', names);
    }
}
