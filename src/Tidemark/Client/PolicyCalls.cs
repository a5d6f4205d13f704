using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>The actions on snapshot policies as methods.</summary>
/// <param name="api">The server.</param>
internal sealed partial class PolicyCalls(ApiClient api)
{
    private const int PageSize = 100;
    private const int PagesMax = 1_000;
    private const int DisksPerCall = 80;
    private const int IdsShownMax = 10;
    private const string IdMember = "AutoSnapshotPolicyId";
    private const string NameMember = "AutoSnapshotPolicyName";

    /// <summary>Makes a policy and returns its id.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isActivated">Whether it runs from the start.</param>
    /// <param name="plan">Schedule and retention, as members of the request.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public async Task<string> CreateAsync(
        string name, bool isActivated, JsonObject plan, CancellationToken cancellation)
    {
        plan[NameMember] = name;
        plan["IsActivated"] = isActivated;
        var answer = await api.CallAsync(
            "CreateAutoSnapshotPolicy", plan, ClientJson.Default.PolicyIdAnswer, cancellation);
        return answer.AutoSnapshotPolicyId;
    }

    /// <summary>Changes what the members name.</summary>
    public Task ModifyAsync(string policyId, JsonObject changes, CancellationToken cancellation)
    {
        changes[IdMember] = policyId;
        return api.CallAsync("ModifyAutoSnapshotPolicyAttribute", changes, cancellation);
    }

    /// <summary>What a policy with this schedule and retention would do; all members of the answer.</summary>
    public Task<JsonElement> ForecastAsync(string? policyId, JsonObject plan, CancellationToken cancellation)
    {
        if (policyId is not null)
            plan[IdMember] = policyId;
        return api.CallAsync("DescribePolicyForecast", plan, cancellation);
    }

    /// <summary>All policies that meet a condition, or all; oldest first.</summary>
    public async Task<IReadOnlyList<PolicyView>> ListAsync(
        string? filter, string? value, CancellationToken cancellation)
    {
        var policies = new List<PolicyView>();
        for (var page = 0; page < PagesMax; page++)
        {
            var members = Paging.Members(policies.Count, PageSize, filter, value);
            var answer = await api.CallAsync(
                "DescribeAutoSnapshotPolicies", members, ClientJson.Default.PolicyPage, cancellation);
            policies.AddRange(answer.AutoSnapshotPolicySet.Select(View));
            if (answer.AutoSnapshotPolicySet.Count == 0 || policies.Count >= answer.TotalCount)
                break;
        }

        return policies;
    }

    /// <summary>The one policy that a text names: an id, or a name that only one policy has.</summary>
    public async Task<PolicyView> GetAsync(string text, CancellationToken cancellation)
    {
        var filter = IdForm().IsMatch(text) ? "auto-snapshot-policy-id" : "auto-snapshot-policy-name";
        var found = await ListAsync(filter, text, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CommandException(
                ExitCode.NotFound,
                "InvalidAutoSnapshotPolicyId.NotFound",
                $"There is no policy '{text}'.",
                "List the policies with 'tidemark policy ls'."),
            _ => throw new CommandException(
                ExitCode.Conflict,
                "AmbiguousName",
                $"Several policies are named '{text}': "
                    + $"{string.Join(", ", found.Take(IdsShownMax).Select(policy => policy.Id))}.",
                "Give the id of the one that is meant."),
        };
    }

    /// <summary>Deletes policies, all or none.</summary>
    public Task DeleteAsync(IReadOnlyList<string> policyIds, CancellationToken cancellation) => api.CallAsync(
        "DeleteAutoSnapshotPolicies",
        new JsonObject { ["AutoSnapshotPolicyIds"] = Paging.Texts(policyIds) },
        cancellation);

    /// <summary>Binds disks to a policy, 80 at a time.</summary>
    public Task BindAsync(string policyId, IReadOnlyList<string> diskIds, CancellationToken cancellation) =>
        CallInPartsAsync("BindAutoSnapshotPolicy", policyId, diskIds, cancellation);

    /// <summary>Unbinds disks from a policy.</summary>
    public Task UnbindAsync(string policyId, IReadOnlyList<string> diskIds, CancellationToken cancellation) =>
        CallInPartsAsync("UnbindAutoSnapshotPolicy", policyId, diskIds, cancellation);

    private async Task CallInPartsAsync(
        string action, string policyId, IReadOnlyList<string> diskIds, CancellationToken cancellation)
    {
        foreach (var part in diskIds.Chunk(DisksPerCall))
        {
            var members = new JsonObject { [IdMember] = policyId, ["DiskIds"] = Paging.Texts(part) };
            await api.CallAsync(action, members, cancellation);
        }
    }

    private static PolicyView View(JsonElement policy) => new(
        policy.Deserialize(ClientJson.Default.PolicyMembers) ?? throw new JsonException("A policy is null."), policy);

    [GeneratedRegex("^asp-[a-z0-9]{8}$")]
    private static partial Regex IdForm();
}
