using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Queries;

namespace Tidemark.Api.Actions;

/// <summary>The members that several requests share.</summary>
internal static class SharedMembers
{
    private const int IdsMax = 100;
    private const int FiltersMax = 20;
    private const int FilterValuesMax = 100;
    private const int TagsMax = 50;

    /// <summary>Labels.</summary>
    public static readonly ApiParameter Tags = ApiParameter.Objects(
        "Tags",
        "Labels, at most 50, with different keys.",
        ApiParameter.Text("Key", "1 to 127 characters.").Required,
        ApiParameter.Text("Value", "At most 255 characters."));

    /// <summary>Where a disk is.</summary>
    public static readonly ApiParameter Placement = ApiParameter.Nested(
        "Placement",
        "Where the disk is.",
        ApiParameter.Text("Zone", "A zone of the region.").Required,
        ApiParameter.Number("ProjectId", "The project; 0 when left out."),
        ApiParameter.Text("CdcId", "Empty: there are no dedicated clusters."),
        ApiParameter.Text("DedicatedClusterId", "Empty: there are no dedicated clusters."));

    /// <summary>For how long a prepaid disk is paid.</summary>
    public static readonly ApiParameter DiskChargePrepaid = ApiParameter.Nested(
        "DiskChargePrepaid",
        "For how long a prepaid disk is paid; nothing is billed.",
        ApiParameter.Number("Period", "Months: 1 to 12, 24 or 36.").Required,
        ApiParameter.Text("RenewFlag", "What happens at the end."),
        ApiParameter.Text("CurInstanceDeadline", "Accepted and ignored."));

    /// <summary>How a rollback goes about instances and clients.</summary>
    public static readonly IReadOnlyList<ApiParameter> Rollback =
    [
        ApiParameter.Flag("AutoStopInstance", "Stops the instance that the disk is attached to first."),
        ApiParameter.Flag("AutoStartInstance", "Starts it again afterwards; needs AutoStopInstance."),
        ApiParameter.Flag("DisconnectClients", "Extension: disconnects NBD clients first instead of refusing."),
        ApiParameter.Flag("KeepSafetySnapshot", "Extension: false when what is replaced need not be kept."),
    ];

    /// <summary>Conditions of a list.</summary>
    public static readonly ApiParameter Filters = ApiParameter.Objects(
        "Filters",
        "Conditions that must all hold; at most 20.",
        ApiParameter.Text("Name", "The property, for example zone or tag:team.").Required,
        ApiParameter.Texts("Values", "Alternatives, at most 100.").Required);

    /// <summary>The members of a list request.</summary>
    /// <param name="idsName">The member with ids; null when the list has none.</param>
    public static IReadOnlyList<ApiParameter> Query(string? idsName)
    {
        List<ApiParameter> members =
        [
            Filters,
            ApiParameter.Number("Limit", "Items on a page, at most 100; 20 when left out."),
            ApiParameter.Number("Offset", "Items to skip."),
            ApiParameter.Text("OrderField", "CREATE_TIME, which is also the default; or DEADLINE for disks."),
            ApiParameter.Text("Order", "Newest first when left out.", "ASC", "DESC"),
        ];
        if (idsName is not null)
            members.Insert(0, ApiParameter.Texts(idsName, "Exactly these, at most 100; not together with Filters."));
        return members;
    }

    /// <summary>Reads the members of a list request; <paramref name="idsName"/> excludes Filters.</summary>
    public static ListQuery ReadQuery(ParameterReader parameters, string? idsName)
    {
        var query = new ListQuery
        {
            Ids = idsName is null ? null : parameters.Texts(idsName, IdsMax),
            Filters = parameters.Objects("Filters", FiltersMax, ReadFilter),
            Limit = parameters.Number("Limit"),
            Offset = parameters.Number("Offset"),
            OrderField = parameters.Text("OrderField"),
            Order = parameters.Text("Order"),
        };
        return query is { Ids.Count: > 0, Filters.Count: > 0 }
            ? throw new ApiException(ErrorCodes.InvalidParameter, $"{idsName} and Filters cannot be given together.")
            : query;
    }

    /// <summary>Reads how a rollback goes about instances and clients.</summary>
    public static RollbackOptions ReadRollback(ParameterReader parameters) => new()
    {
        StopsInstance = parameters.Flag("AutoStopInstance") ?? false,
        StartsInstance = parameters.Flag("AutoStartInstance") ?? false,
        DisconnectsClients = parameters.Flag("DisconnectClients") ?? false,
        KeepsSafety = parameters.Flag("KeepSafetySnapshot") ?? true,
    };

    /// <summary>Reads Tags; null when absent.</summary>
    public static IReadOnlyList<Tag>? ReadTags(ParameterReader parameters) =>
        parameters.Objects("Tags", TagsMax, tag => new Tag(tag.RequiredText("Key"), tag.Text("Value") ?? ""));

    /// <summary>Reads a member that is 0 or 1; null when absent.</summary>
    public static bool? ReadBit(ParameterReader parameters, string name) => parameters.Number(name) switch
    {
        null => null,
        0 => false,
        1 => true,
        _ => throw new ApiException(ErrorCodes.InvalidParameterValue, $"Parameter {name} must be 0 or 1."),
    };

    private static Filter ReadFilter(ParameterReader filter) =>
        new(filter.RequiredText("Name"), filter.RequiredTexts("Values", FilterValuesMax));
}
