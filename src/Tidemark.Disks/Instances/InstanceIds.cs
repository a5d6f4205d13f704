namespace Tidemark.Disks.Instances;

/// <summary>Ids of instances, which come in two kinds: of machines, and of container hosts.</summary>
internal static class InstanceIds
{
    /// <summary>What ids of container hosts start with.</summary>
    public const string ContainerPrefix = "eks-";

    /// <summary>Whether a text has the shape of an instance's id.</summary>
    public static bool IsWellFormed(string id) =>
        Identifiers.IsWellFormed(id, Identifiers.InstancePrefix) || Identifiers.IsWellFormed(id, ContainerPrefix);

    /// <summary>One well-formed id.</summary>
    public static string One(string? id, string parameter)
    {
        if (string.IsNullOrEmpty(id))
            throw new DomainException(ErrorCode.MissingParameter, $"{parameter} is required.");
        return IsWellFormed(id)
            ? id
            : throw RequestRules.BadValue(parameter, "ins- or eks- and eight lower-case letters or digits", id);
    }

    /// <summary>At least one id, not too many, well formed, none twice.</summary>
    public static IReadOnlyList<string> Several(IReadOnlyList<string>? ids, string parameter, int countMax)
    {
        if (ids is null || ids.Count == 0)
            throw new DomainException(ErrorCode.MissingParameter, $"{parameter} is required: at least one id.");
        if (ids.Count > countMax)
        {
            throw new DomainException(
                ErrorCode.TooManyValues,
                $"{parameter} has {ids.Count} ids; at most {countMax} are accepted in one request.");
        }

        foreach (var id in ids)
            One(id, parameter);
        return [.. ids.Distinct(StringComparer.Ordinal)];
    }
}
