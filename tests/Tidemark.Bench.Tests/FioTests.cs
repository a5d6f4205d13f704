using Tidemark.Bench.Figures;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Tests;

public sealed class FioTests
{
    private const string Output = """
        fio: connected to NBD server
        { "fio version" : "fio-3.33", "jobs" : [ { "jobname" : "disk0", "error" : 0, "mixed" : {
            "io_bytes" : 53260288, "bw_bytes" : 104857600, "iops" : 25902.39, "runtime" : 502, "total_ios" : 13003,
            "clat_ns" : { "min" : 150094, "max" : 8977015, "N" : 13003, "percentile" : {
                "50.000000" : 2310144, "99.000000" : 5603328, "99.900000" : 8028160 } } } } ] }
        """;

    [Fact]
    public void A_result_is_read_from_what_fio_prints() => Assert.Equal(
        new FioResult(25902.39, 100, 13003, 53260288, new Latency(2310.144, 5603.328, 8028.16, 8977.015)),
        FioResult.Parse(Output));

    [Fact]
    public void Without_json_the_answer_is_in_the_error() => Assert.Contains(
        "no such option", Assert.Throws<FormatException>(() => FioResult.Parse("no such option")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Two_groups_are_no_result() => Assert.Throws<FormatException>(
        () => FioResult.Parse("""{ "jobs" : [ { "mixed" : {} }, { "mixed" : {} } ] }"""));

    [Fact]
    public void Each_disk_is_a_job_of_its_own()
    {
        var work = new Workload("work", "randrw", "4k", 4) { IsSyncing = true, RateIops = 20 };

        var arguments = Fio.Arguments(["nbd://one", "nbd://two"], work, 64, 0.5);

        Assert.Contains("--rwmixread=70", arguments);
        Assert.Contains("--fsync=1", arguments);
        Assert.Contains("--rate_iops=20", arguments);
        Assert.Contains("--runtime=500ms", arguments);
        Assert.Equal(
            ["--name=disk0", "--uri=nbd://one", "--name=disk1", "--uri=nbd://two"],
            arguments.Where(argument => argument.StartsWith("--name", StringComparison.Ordinal)
                || argument.StartsWith("--uri", StringComparison.Ordinal)));
    }
}
