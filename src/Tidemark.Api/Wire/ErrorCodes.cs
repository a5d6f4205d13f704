namespace Tidemark.Api.Wire;

/// <summary>
/// The error codes that the face itself answers; the domain has its own. They are those of the CBS API; clients decide
/// by them whether to try again: everything under ResourceBusy, ResourceInUse, ResourceUnavailable and
/// RequestLimitExceeded means "later".
/// </summary>
internal static class ErrorCodes
{
    public const string AuthFailure = "AuthFailure";
    public const string InvalidSecretId = "AuthFailure.InvalidSecretId";
    public const string SecretIdNotFound = "AuthFailure.SecretIdNotFound";
    public const string SignatureExpire = "AuthFailure.SignatureExpire";
    public const string SignatureFailure = "AuthFailure.SignatureFailure";
    public const string TokenFailure = "AuthFailure.TokenFailure";

    public const string InternalError = "InternalError";
    public const string InvalidAction = "InvalidAction";
    public const string InvalidParameter = "InvalidParameter";
    public const string InvalidParameterValue = "InvalidParameterValue";
    public const string LimitExceeded = "InvalidParameterValue.LimitExceeded";
    public const string MissingParameter = "MissingParameter";
    public const string NoSuchVersion = "NoSuchVersion";
    public const string RequestLimitExceeded = "RequestLimitExceeded";
    public const string RequestSizeLimitExceeded = "RequestSizeLimitExceeded";
    public const string UnsupportedProtocol = "UnsupportedProtocol";
    public const string UnsupportedRegion = "UnsupportedRegion";
    public const string UnauthorizedOperation = "UnauthorizedOperation";
    public const string UnsupportedOperation = "UnsupportedOperation";
}
