using System.Text;
using Tidemark.Client;

namespace Tidemark.Program.Tests.Client;

public sealed class Tc3SignerTests
{
    [Fact]
    public void The_documented_example_has_the_documented_signature()
    {
        var body = Encoding.UTF8.GetBytes(
            """{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}""");

        var header = Tc3Signer.Authorize(
            "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
            "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
            "cvm",
            "cvm.tencentcloudapi.com",
            body,
            DateTimeOffset.FromUnixTimeSeconds(1551113065));

        Assert.Equal(
            "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
            + "SignedHeaders=content-type;host, "
            + "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
            header);
    }
}
