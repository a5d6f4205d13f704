namespace Tidemark.Api.Actions;

/// <summary>The version of each service that this server speaks.</summary>
internal static class ApiVersion
{
    private const string OfCbs = "2017-03-12";
    private const string OfCvm = "2017-03-12";
    private const string OfSts = "2018-08-13";
    private const string OfTag = "2018-08-13";

    /// <summary>The version of a service.</summary>
    public static string Of(CloudProduct service) => service switch
    {
        CloudProduct.Cvm => OfCvm,
        CloudProduct.Sts => OfSts,
        CloudProduct.Tag => OfTag,
        _ => OfCbs,
    };
}
