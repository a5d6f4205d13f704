using System.Text.Json;
using Tidemark.Api.Actions;
using Tidemark.Api.Signatures;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Hosting;

/// <summary>An authenticated request: who asks for which action, and its parameters in either of their forms.</summary>
internal sealed record SignedCall
{
    private const string JsonMediaType = "application/json";

    private Func<JsonElement> _readMembers = () => default;

    private SignedCall()
    {
    }

    /// <summary>Whose key signed.</summary>
    public required string SecretId { get; init; }

    /// <summary>The action's name.</summary>
    public required string Action { get; init; }

    /// <summary>The version that the client speaks.</summary>
    public required string Version { get; init; }

    /// <summary>The region that the client means; empty when it names none.</summary>
    public required string Region { get; init; }

    /// <summary>
    /// The service that the client's signature names; some name a part of the address instead, and older ones none.
    /// </summary>
    public string Service { get; init; } = "";

    /// <summary>Authenticates a request and reads what it asks for.</summary>
    /// <exception cref="ApiException">It is not for the API, not signed well, or lacks an action.</exception>
    public static SignedCall Read(WireRequest request, RequestAuthentication authentication)
    {
        if (request.Path != "/")
        {
            throw new ApiException(
                ErrorCodes.InvalidParameter,
                "The API answers at the path / only: give the endpoint as host and port, without a path.");
        }

        return request.Header("Authorization") is null && HasForm(request)
            ? ReadLegacy(request, authentication)
            : ReadTc3(request, authentication);
    }

    /// <summary>The parameters, parsed now: only what is authentic and known is worth the work.</summary>
    /// <exception cref="ApiException">They are not well-formed.</exception>
    public ParameterReader ReadParameters(IReadOnlyList<ApiParameter> declared) => new(_readMembers(), "", declared);

    private static bool HasForm(WireRequest request) => request.Method == "GET"
        ? request.RawQuery.Length > 0
        : request.MediaType == WireRequestReader.FormMediaType;

    private static SignedCall ReadLegacy(WireRequest request, RequestAuthentication authentication)
    {
        var parameters = request.Method == "GET" ? QueryText.Parse(request.RawQuery) : QueryText.Parse(request.Body);
        var secretId = authentication.VerifyLegacy(request, parameters);
        return new SignedCall
        {
            SecretId = secretId,
            Action = Require(Find(parameters, "Action"), "Action"),
            Version = Require(Find(parameters, "Version"), "Version"),
            Region = Find(parameters, "Region") ?? "",
            _readMembers = () => FlattenedParameters.Fold(parameters),
        };
    }

    private static SignedCall ReadTc3(WireRequest request, RequestAuthentication authentication)
    {
        var (secretId, service) = authentication.VerifyTc3(request);
        if (request.Method == "POST" && request.MediaType != JsonMediaType)
        {
            throw new ApiException(
                ErrorCodes.UnsupportedProtocol, $"A signed POST must be {JsonMediaType}, not '{request.MediaType}'.");
        }

        return new SignedCall
        {
            SecretId = secretId,
            Service = service,
            Action = Require(request.Header("X-TC-Action"), "X-TC-Action"),
            Version = Require(request.Header("X-TC-Version"), "X-TC-Version"),
            Region = request.Header("X-TC-Region") ?? "",
            _readMembers = request.Method == "GET"
                ? () => FlattenedParameters.Fold(QueryText.Parse(request.RawQuery))
                : () => JsonBody.Parse(request.Body),
        };
    }

    private static string Require(string? value, string name) => string.IsNullOrEmpty(value)
        ? throw new ApiException(ErrorCodes.MissingParameter, $"{name} is required.")
        : value;

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> parameters, string name) =>
        parameters.FirstOrDefault(pair => pair.Key == name).Value;
}
