using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The member that says when a snapshot goes by itself.</summary>
internal static class SnapshotDeadline
{
    /// <summary>Its declaration.</summary>
    public static readonly ApiParameter Parameter = ApiParameter.Text(
        "Deadline", "When it is deleted by itself: ISO-8601, at least a day ahead.");

    /// <summary>Reads it; null when absent or empty.</summary>
    public static DateTimeOffset? Read(ParameterReader parameters)
    {
        var text = parameters.Text(Parameter.Name);
        if (string.IsNullOrEmpty(text))
            return null;

        return WireTime.Parse(text) ?? throw new ApiException(
            ErrorCodes.InvalidParameterValue,
            "Deadline must be an ISO-8601 time such as 2030-01-08T09:47:55+00:00.");
    }
}
