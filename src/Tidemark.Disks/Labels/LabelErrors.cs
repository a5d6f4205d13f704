namespace Tidemark.Disks.Labels;

/// <summary>The codes of refusals about labels; the API of labels has codes of its own.</summary>
public static class LabelErrors
{
    /// <summary>A resource is not named in six parts.</summary>
    public const string BadDescription = "InvalidParameterValue.ResourceDescriptionError";

    /// <summary>The product has no resources here.</summary>
    public const string BadProduct = "InvalidParameterValue.ServiceTypeInvalid";

    /// <summary>No such kind of resource.</summary>
    public const string BadPrefix = "InvalidParameterValue.ResourcePrefixInvalid";

    /// <summary>No such resource.</summary>
    public const string BadId = "InvalidParameterValue.ResourceIdInvalid";

    /// <summary>No such region.</summary>
    public const string BadRegion = "InvalidParameterValue.RegionInvalid";

    /// <summary>An offset that is no multiple of the limit.</summary>
    public const string BadOffset = "InvalidParameterValue.OffsetInvalid";

    /// <summary>A page's token is not one that was given out.</summary>
    public const string BadToken = "InvalidParameter.PaginationTokenInvalid";

    /// <summary>A key without a character.</summary>
    public const string KeyEmpty = "InvalidParameterValue.TagKeyEmpty";

    /// <summary>A key that is too long.</summary>
    public const string KeyLength = "InvalidParameterValue.TagKeyLengthExceeded";

    /// <summary>A key with a character that none may have.</summary>
    public const string KeyCharacter = "InvalidParameterValue.TagKeyCharacterIllegal";

    /// <summary>A key twice in one request.</summary>
    public const string KeyTwice = "InvalidParameterValue.TagKeyDuplicate";

    /// <summary>A key that starts like those of the cloud itself.</summary>
    public const string KeyReserved = "InvalidParameterValue.ReservedTagKey";

    /// <summary>A value that is too long.</summary>
    public const string ValueLength = "InvalidParameterValue.TagValueLengthExceeded";

    /// <summary>A value with a character that none may have.</summary>
    public const string ValueCharacter = "InvalidParameterValue.TagValueCharacterIllegal";

    /// <summary>A key that is to be set and removed at once.</summary>
    public const string SetAndRemoved = "InvalidParameterValue.DeleteTagsParamError";

    /// <summary>More labels on a resource than it may have.</summary>
    public const string TooManyOnResource = "LimitExceeded.ResourceAttachedTags";

    /// <summary>More labels in a request than it may have.</summary>
    public const string TooManyInRequest = "LimitExceeded.TagNumPerRequest";
}
