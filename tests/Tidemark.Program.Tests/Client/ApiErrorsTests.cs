using System.Text.Json;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Program.Tests.Client;

public sealed class ApiErrorsTests
{
    [Theory]
    [InlineData("InvalidDiskId.NotFound", 4)]
    [InlineData("InvalidSnapshotId.NotFound", 4)]
    [InlineData("ResourceNotFound", 4)]
    [InlineData("UnsupportedOperation.StateError", 5)]
    [InlineData("ResourceBusy", 5)]
    [InlineData("ResourceInUse.DiskRollbacking", 5)]
    [InlineData("InvalidDisk.Busy", 5)]
    [InlineData("InvalidDisk.NotSupported", 5)]
    [InlineData("InvalidDisk.Expire", 5)]
    [InlineData("InsufficientSnapshotQuota", 7)]
    [InlineData("LimitExceeded.InstanceAttachedDisk", 7)]
    [InlineData("RequestLimitExceeded", 7)]
    [InlineData("AuthFailure.SignatureFailure", 8)]
    [InlineData("UnauthorizedOperation", 8)]
    [InlineData("InvalidParameterValue", 2)]
    [InlineData("InvalidParameterValue.LimitExceeded", 2)]
    [InlineData("MissingParameter", 2)]
    [InlineData("InvalidFilter", 2)]
    [InlineData("InternalError", 1)]
    [InlineData("InvalidAction", 1)]
    public void Each_code_of_the_api_has_its_exit_code_and_a_next_step(string code, int expected)
    {
        using var document = JsonDocument.Parse($$"""{"Code":"{{code}}","Message":"why"}""");

        var failure = ApiErrors.ToException(document.RootElement);

        Assert.Equal((ExitCode)expected, failure.ExitCode);
        Assert.Equal(code, failure.Code);
        Assert.Equal("why", failure.Message);
        Assert.NotEmpty(failure.NextStep);
    }
}
