using System.Text;
using Tidemark.Api.Actions;
using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Hosting;
using Tidemark.Api.Tests.Hosting;
using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Tests.Clients;

/// <summary>
/// One call with everything that clients write differently: a text with a blank and odd and foreign letters, a
/// boolean, a number, a list, and a member that nobody documents. Sent as each client sends it, it must be understood
/// alike.
/// </summary>
internal static class SampleCall
{
    public const string Action = "CreateSnapshot";
    public const string Version = "2017-03-12";
    public const string Region = "local";
    public const string Host = "127.0.0.1:8780";
    public const string Name = "夜间 a+b~c'd\"[e]";

    private static readonly ApiParameter[] Members =
    [
        ApiParameter.Text("SnapshotName", "A text."),
        ApiParameter.Flag("AutoStopInstance", "A boolean."),
        ApiParameter.Number("Limit", "A number."),
        ApiParameter.Texts("DiskIds", "A list."),
    ];

    /// <summary>As a JSON body, foreign letters as they are.</summary>
    public static byte[] Json => Encoding.UTF8.GetBytes(
        $$"""
        {"SnapshotName":"{{Name.Replace("\"", "\\\"")}}","AutoStopInstance":true,"Limit":20,
        "DiskIds":["disk-a","disk-b"],"InstanceType":"eks"}
        """);

    /// <summary>As a JSON body of ASCII, with a blank after each colon and comma.</summary>
    public static byte[] AsciiJson => Encoding.ASCII.GetBytes(
        """{"SnapshotName": "\u591c\u95f4 a+b~c'd\"[e]", "AutoStopInstance": true, "Limit": 20, """
        + """ "DiskIds": ["disk-a", "disk-b"], "InstanceType": "eks"}""");

    /// <summary>As flattened pairs.</summary>
    public static IReadOnlyList<(string Name, string Value)> Pairs(ClientForm form) =>
    [
        ("SnapshotName", Name), ("AutoStopInstance", form.True), ("Limit", "20"),
        ("DiskIds.0", "disk-a"), ("DiskIds.1", "disk-b"), ("InstanceType", "eks"),
    ];

    /// <summary>Everything that the older signature covers, without the signature.</summary>
    public static IReadOnlyList<(string Name, string Value)> LegacyPairs(
        ClientForm form, string digest, string nonce) =>
    [
        .. Pairs(form), ("Action", Action), ("Nonce", nonce), ("Timestamp", $"{RunningFace.Now}"),
        ("Version", Version), ("SecretId", TestSigner.KnownId), ("Region", Region), ("SignatureMethod", digest),
    ];

    /// <summary>Asserts that a face understands a request, and answers it as clients need it.</summary>
    public static async Task AssertUnderstoodAsync(ClientRequest request)
    {
        await using var face = await RunningFace.StartAsync(Echo);

        var answer = await face.SendRawAsync(request.ToBytes(), endsThere: false);

        var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(answer));
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", text);
        Assert.Contains("\r\nContent-Type: application/json\r\n", text);
        var echo = $"{Action} {Version} {Region} {Name.Replace("\"", "\\\"")} True 20 disk-a,disk-b";
        Assert.EndsWith(
            $$$"""{"Response":{"SnapshotId":"{{{echo}}}","RequestId":"{{{RunningFace.FixedId}}}"}}""", text);
    }

    private static CreateSnapshotResponse Echo(SignedCall signed, Caller caller)
    {
        Assert.Equal(TestSigner.KnownId, caller.Name);
        var members = signed.ReadParameters(Members);
        var ids = string.Join(',', members.Texts("DiskIds", 10) ?? []);
        return new CreateSnapshotResponse
        {
            SnapshotId = $"{signed.Action} {signed.Version} {signed.Region} {members.Text("SnapshotName")} "
                + $"{members.Flag("AutoStopInstance")} {members.Number("Limit")} {ids}",
        };
    }
}
