using System.CommandLine;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>The options that are valid anywhere, and what they mean together with the environment.</summary>
internal static class CommonOptions
{
    /// <summary>For whom the command prints.</summary>
    public static readonly Option<OutputFormat> Output = new("--output", "-o")
    {
        Description = "table or json (the API's own members)",
        HelpName = "FORMAT",
    };

    /// <summary>The server.</summary>
    public static readonly Option<string?> Endpoint = new("--endpoint")
    {
        Description = $"the API's address [{EnvironmentNames.Endpoint}, http://{Defaults.Listen}]",
        HelpName = "URL",
    };

    /// <summary>The data folder: the server's home, and where a client on the same machine finds the keys.</summary>
    public static readonly Option<string?> Data = new("--data")
    {
        Description = $"the data folder [{EnvironmentNames.Data}, ./{Defaults.DataFolder}]",
        HelpName = "DIR",
    };

    /// <summary>The region.</summary>
    public static readonly Option<string?> Region = new("--region")
    {
        Description = $"the region [{EnvironmentNames.Region}, {Defaults.Region}]",
        HelpName = "REGION",
    };

    /// <summary>Those of a command that talks to a server.</summary>
    public static IReadOnlyList<Option> OfClients { get; } = [Output, Endpoint, Data, Region];

    /// <summary>The data folder as an absolute path.</summary>
    public static string DataFolder(ParseResult parse) => Path.GetFullPath(
        parse.GetValue(Data) ?? EnvironmentNames.Read(EnvironmentNames.Data) ?? Defaults.DataFolder);

    /// <summary>The region that is asked, or answered for.</summary>
    public static string RegionOf(ParseResult parse) =>
        parse.GetValue(Region) ?? EnvironmentNames.Read(EnvironmentNames.Region) ?? Defaults.Region;

    /// <summary>The server's address.</summary>
    public static Uri EndpointOf(ParseResult parse)
    {
        var text = parse.GetValue(Endpoint)
            ?? EnvironmentNames.Read(EnvironmentNames.Endpoint)
            ?? $"http://{Defaults.Listen}";
        var isUrl = Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            && endpoint is { Scheme: "http" or "https", PathAndQuery: "/" };
        return isUrl && endpoint is not null
            ? endpoint
            : throw CommandException.Usage(
                $"'{text}' is not the address of an API.", "Write it like http://127.0.0.1:8780, without a path.");
    }

    /// <summary>Which server to talk to, and as whom.</summary>
    public static ClientSettings ClientSettings(ParseResult parse)
    {
        var (secretId, secretKey, _) = FindKey(parse);
        return new ClientSettings(EndpointOf(parse), secretId, secretKey, RegionOf(parse));
    }

    /// <summary>The key that the commands use, and where it was found.</summary>
    public static (string SecretId, string SecretKey, string Source) FindKey(ParseResult parse)
    {
        var secretId = EnvironmentNames.Read(EnvironmentNames.SecretId);
        var secretKey = EnvironmentNames.Read(EnvironmentNames.SecretKey);
        if (secretId is not null && secretKey is not null)
            return (secretId, secretKey, EnvironmentNames.SecretId);

        var dataFolder = DataFolder(parse);
        return CredentialsFile.Read(dataFolder) is { } pair
            ? (pair.SecretId, pair.SecretKey, CredentialsFile.PathIn(dataFolder))
            : throw new CommandException(
                ExitCode.Denied,
                "NoCredentials",
                $"There are no keys: {CredentialsFile.PathIn(dataFolder)} does not exist, and "
                    + $"{EnvironmentNames.SecretId} and {EnvironmentNames.SecretKey} are not both set.",
                "Start a server here with 'tidemark up', name its folder with --data, or set both variables.");
    }
}
