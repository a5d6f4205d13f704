using System.Globalization;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Labels;

namespace Tidemark.Api.Actions.TagActions;

/// <summary>The members that requests about labels share.</summary>
internal static class TagMembers
{
    /// <summary>Resources in one request.</summary>
    public const int ResourcesMax = 50;

    private const int NamedResourcesMax = 10;
    private const int KeysMax = 20;
    private const int TagsMax = 10;
    private const int FiltersMax = 6;
    private const int FilterValuesMax = 10;
    private const long LimitDefault = 15;
    private const long LimitMax = 1_000;
    private const long ResultsDefault = 50;

    /// <summary>The product of the resources.</summary>
    public static readonly ApiParameter ServiceType = ApiParameter.Text("ServiceType", "The product: cvm.");

    /// <summary>The kind of the resources.</summary>
    public static readonly ApiParameter ResourcePrefix = ApiParameter.Text(
        "ResourcePrefix", "The kind: volume, snapshot, snapshotgroup, autosnapshotpolicy, diskbackup or instance.");

    /// <summary>The region of the resources.</summary>
    public static readonly ApiParameter ResourceRegion = ApiParameter.Text(
        "ResourceRegion", "The region of the resources.");

    /// <summary>The resources.</summary>
    public static readonly ApiParameter ResourceIds = ApiParameter.Texts("ResourceIds", "Ids, at most 50.");

    /// <summary>Resources in six parts.</summary>
    public static readonly ApiParameter ResourceList = ApiParameter.Texts(
        "ResourceList", "Resources in six parts: qcs::cvm:REGION:uin/ACCOUNT:KIND/ID; at most 10.");

    /// <summary>Keys of labels.</summary>
    public static readonly ApiParameter TagKeys = ApiParameter.Texts("TagKeys", "Keys, at most 20.");

    /// <summary>One key.</summary>
    public static readonly ApiParameter TagKey = ApiParameter.Text("TagKey", "1 to 127 characters.");

    /// <summary>One value.</summary>
    public static readonly ApiParameter TagValue = ApiParameter.Text("TagValue", "At most 255 characters.");

    /// <summary>Conditions on labels.</summary>
    public static readonly ApiParameter TagFilters = ApiParameter.Objects(
        "TagFilters",
        "Labels that a resource must have, all of them; at most 6.",
        ApiParameter.Text("TagKey", "The key.").Required,
        ApiParameter.Texts("TagValue", "Values, one of which it has; any value when left out."));

    /// <summary>Items to skip and items on a page.</summary>
    public static readonly IReadOnlyList<ApiParameter> Paging =
    [
        ApiParameter.Number("Offset", "Items to skip, a multiple of Limit."),
        ApiParameter.Number("Limit", "Items on a page, at most 1,000; 15 when left out."),
    ];

    /// <summary>Pages one after the other.</summary>
    public static readonly IReadOnlyList<ApiParameter> Continuation =
    [
        ApiParameter.Text("PaginationToken", "The token of the page before."),
        ApiParameter.Number("MaxResults", "Items on a page, at most 1,000; 50 when left out."),
    ];

    /// <summary>A list of labels.</summary>
    public static ApiParameter Tags(string name, string description) => ApiParameter.Objects(
        name,
        description,
        ApiParameter.Text("TagKey", "1 to 127 characters.").Required,
        ApiParameter.Text("TagValue", "At most 255 characters."));

    /// <summary>Reads Offset and Limit.</summary>
    public static LabelQuery ReadPage(ActionCall call)
    {
        var limit = call.Parameters.Number("Limit") is { } given and > 0 ? given : LimitDefault;
        var offset = call.Parameters.Number("Offset") ?? 0;
        if (limit > LimitMax)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter Limit must be at most {LimitMax}; it was {limit}.");
        }

        return offset % limit == 0
            ? new LabelQuery { AccountId = AccountOf(call), Offset = offset, Limit = limit }
            : throw new ApiException(
                LabelErrors.BadOffset, $"Offset must be a multiple of Limit ({limit}); it was {offset}.");
    }

    /// <summary>Reads PaginationToken and MaxResults.</summary>
    public static LabelQuery ReadContinuation(ActionCall call)
    {
        var limit = call.Parameters.Number("MaxResults") is { } given and > 0 ? given : ResultsDefault;
        if (limit > LimitMax)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter MaxResults must be at most {LimitMax}; it was {limit}.");
        }

        var token = call.Parameters.Text("PaginationToken") ?? "";
        long offset = 0;
        if (token.Length > 0 && !long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out offset))
            throw new ApiException(LabelErrors.BadToken, "PaginationToken is not one that this server gave out.");
        return new LabelQuery { AccountId = AccountOf(call), Offset = offset, Limit = limit };
    }

    /// <summary>The token of the page after this one; empty after the last.</summary>
    public static string NextToken(LabelQuery query, int itemCount, int totalCount)
    {
        var next = query.Offset + itemCount;
        return itemCount > 0 && next < totalCount ? next.ToString(CultureInfo.InvariantCulture) : "";
    }

    /// <summary>Reads ServiceType; what is of another product has no labels here.</summary>
    public static bool IsHere(ActionCall call) =>
        call.Parameters.Text("ServiceType") is not { Length: > 0 } product || ResourceName.IsProduct(product);

    /// <summary>Reads a text; null when it is empty.</summary>
    public static string? Text(ActionCall call, string name) =>
        call.Parameters.Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>Reads TagKeys; null when there are none.</summary>
    public static IReadOnlyList<string>? ReadKeys(ActionCall call) =>
        call.Parameters.Texts("TagKeys", KeysMax) is { Count: > 0 } keys ? keys : null;

    /// <summary>Reads TagKeys, which must be given.</summary>
    public static IReadOnlyList<string> RequireKeys(ActionCall call) =>
        call.Parameters.RequiredTexts("TagKeys", KeysMax);

    /// <summary>Reads a list of labels; null when absent.</summary>
    public static IReadOnlyList<Tag>? ReadTags(ActionCall call, string name) =>
        call.Parameters.Objects(name, TagsMax, tag => new Tag(tag.Text("TagKey") ?? "", tag.Text("TagValue") ?? ""));

    /// <summary>Reads TagFilters; none when absent.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyList<string> Values)> ReadFilters(ActionCall call) =>
        call.Parameters.Objects("TagFilters", FiltersMax, filter => (
            filter.RequiredText("TagKey"), filter.Texts("TagValue", FilterValuesMax) ?? [])) ?? [];

    /// <summary>Reads ResourceList; none when absent.</summary>
    public static IReadOnlyList<string> ReadResourceList(ActionCall call) =>
        call.Parameters.Texts("ResourceList", NamedResourcesMax) ?? [];

    /// <summary>Reads ServiceType, ResourcePrefix, ResourceRegion and ResourceIds of a change.</summary>
    public static IReadOnlyList<ResourceName> ReadResources(ActionCall call)
    {
        var parameters = call.Parameters;
        var product = parameters.RequiredText("ServiceType");
        if (!ResourceName.IsProduct(product))
        {
            throw new ApiException(
                LabelErrors.BadProduct, $"This server has resources of {ResourceName.Product}, not of '{product}'.");
        }

        var region = Text(call, "ResourceRegion") ?? call.Caller.Scope?.Region ?? "";
        var prefix = parameters.RequiredText("ResourcePrefix");
        return
        [
            .. parameters.RequiredTexts("ResourceIds", ResourcesMax).Distinct(StringComparer.Ordinal)
                .Select(id => new ResourceName(region, "", prefix, id)),
        ];
    }

    /// <summary>Resources together with their labels.</summary>
    public static IEnumerable<(ResourceName Resource, IReadOnlyList<WireTag> Tags)> WithTags(
        ActionCall call, IReadOnlyList<ResourceName> resources)
    {
        var labels = call.Domain.Labels.List(new LabelQuery
        {
            AccountId = AccountOf(call),
            ResourceIds = [.. resources.Select(resource => resource.ResourceId)],
            Limit = long.MaxValue,
        }).Items.ToLookup(label => label.ResourceId, StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            yield return (
                resource, [.. labels[resource.ResourceId].Select(label => new WireTag(label.Key, label.Value))]);
        }
    }

    /// <summary>Changes labels of the resources in ResourceList, each for itself.</summary>
    public static FailedResourcesResponse ChangeEach(
        ActionCall call, IReadOnlyList<Tag> set, IReadOnlyList<string> removed, string action)
    {
        var failed = new List<WireFailedResource>();
        foreach (var text in call.Parameters.RequiredTexts("ResourceList", NamedResourcesMax))
        {
            try
            {
                call.Domain.Labels.Change([ResourceName.Parse(text)], set, removed, action, call.Caller);
            }
            catch (DomainException refused)
            {
                failed.Add(new WireFailedResource(text, refused.Code, refused.Message));
            }
        }

        return new FailedResourcesResponse { FailedResources = failed };
    }

    private static string AccountOf(ActionCall call) => call.Domain.Options.HomeOf(call.Caller).AccountId;
}
