using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class CommandLineTests
{
    [Theory(Timeout = 30_000)]
    [InlineData("disk")]
    [InlineData("disk create")]
    [InlineData("disk create pg")]
    [InlineData("disk create pg --size 1 --from a --from-file b")]
    [InlineData("disk create pg --size twelve")]
    [InlineData("snap create")]
    [InlineData("snap rollback pg")]
    [InlineData("snap export s")]
    [InlineData("snap import f --disk a --onto b")]
    [InlineData("group create")]
    [InlineData("group rollback")]
    [InlineData("diff a")]
    [InlineData("nonsense")]
    [InlineData("disk ls --nonsense")]
    [InlineData("disk ls -o xml")]
    [InlineData("up --listen nowhere")]
    [InlineData("up --listen 127.0.0.1")]
    [InlineData("up --nbd udp:127.0.0.1:1")]
    [InlineData("up --memory 1K")]
    [InlineData("up --listen 0.0.0.0:8780")]
    [InlineData("serve --nbd tcp:0.0.0.0:10809")]
    [InlineData("disk attach pg")]
    [InlineData("disk detach")]
    [InlineData("disk ls --endpoint nowhere")]
    [InlineData("serve --tls --nbd tcp:0.0.0.0:10809")]
    [InlineData("up --tls-cert a")]
    [InlineData("up --tls-key a")]
    [InlineData("up --tls-name a")]
    [InlineData("up --tls --tls-name a/b")]
    [InlineData("up --tls --tls-cert a --tls-key b")]
    [InlineData("up --tls-cert a --tls-key b --tls-name c")]
    [InlineData("account create")]
    [InlineData("key disable")]
    public async Task A_wrong_command_ends_with_2_a_cause_and_a_next_step(string command)
    {
        using var folder = new TestFolder();

        var result = await Cli.RunAsync([.. command.Split(' ')], folder.Path);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Equal(3, result.Error.TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData("-o", "json", "disk")]
    [InlineData("disk", "-o", "json")]
    [InlineData("disk", "create", "x", "-o", "json")]
    public async Task Json_is_understood_anywhere(params string[] command)
    {
        var result = await Cli.RunAsync(command, null);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith("{", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_keys_the_program_says_where_it_looked()
    {
        using var folder = new TestFolder();

        var result = await Cli.RunAsync(["disk", "ls"], folder.Path);

        Assert.Equal(ExitCode.Denied, result.ExitCode);
        Assert.Contains(folder.File("credentials"), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_the_program_says_how_to_start_one()
    {
        using var folder = new TestFolder();
        // Port 1 of the loopback address is nobody's.
        await File.WriteAllTextAsync(
            folder.File("credentials"),
            "secret_id = id\nsecret_key = key\nendpoint = http://127.0.0.1:1\n",
            TestContext.Current.CancellationToken);

        var result = await Cli.RunAsync(["disk", "ls"], folder.Path);

        Assert.Equal(ExitCode.Unreachable, result.ExitCode);
        Assert.Contains("tidemark up", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_names_every_verb_and_ends_well()
    {
        var result = await Cli.RunAsync(["--help"], null);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.All(
            new[] { "demo", "up", "serve", "disk", "snap", "diff", "check", "repair", "key", "account" },
            verb => Assert.Contains($"  {verb}", result.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repair_of_nothing_says_that_there_is_nothing()
    {
        using var folder = new TestFolder();

        var result = await Cli.RunAsync(["repair"], folder.Path);

        Assert.Equal(ExitCode.NotFound, result.ExitCode);
    }
}
