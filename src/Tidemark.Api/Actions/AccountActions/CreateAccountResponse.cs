using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AccountActions;

/// <summary>The answer to CreateAccount.</summary>
internal sealed class CreateAccountResponse : ApiResponse
{
    /// <summary>Twelve digits.</summary>
    public required string AccountId { get; init; }
}
