using System.Globalization;
using System.Text.Json;
using Tidemark.Api.Actions;

namespace Tidemark.Api.Tests.Actions;

/// <summary>
/// Some of everything that a server can hold, made through its actions. Bodies name what was made as <c>$DISK</c>.
/// Steps whose action the table lacks are left out.
/// </summary>
internal sealed class World
{
    /// <summary>The members that every new disk needs.</summary>
    public const string Kind =
        """
        "Placement":{"Zone":"local-1"},"DiskChargeType":"POSTPAID_BY_HOUR","DiskType":"CLOUD_SSD"
        """;

    // What it is called, what makes it, and where in the answer its id stands.
    private static readonly (string Name, string Action, string Body, string Result)[] Steps =
    [
        ("DISK", "CreateDisks", "{" + Kind + ""","DiskSize":20,"Tags":[{"Key":"a","Value":"1"}]}""", "DiskIdSet.0"),
        ("OTHER", "CreateDisks", "{" + Kind + ""","DiskSize":20}""", "DiskIdSet.0"),
        ("SNAPSHOT", "CreateSnapshot", """{"DiskId":"$DISK","Tags":[{"Key":"b","Value":"2"}]}""", "SnapshotId"),
        ("TEMPORARY", "CreateSnapshot", """{"DiskId":"$OTHER","Deadline":"2027-01-01T00:00:00Z"}""", "SnapshotId"),
        ("CLONE", "CreateDisks", "{" + Kind + ""","SnapshotId":"$SNAPSHOT"}""", "DiskIdSet.0"),
        ("PREPAID", "CreateDisks", "{" + Prepaid + ""","DiskSize":20}""", "DiskIdSet.0"),
        ("HELD", "CreateDisks", "{" + Kind + ""","DiskSize":20}""", "DiskIdSet.0"),
        ("", "AttachDisks", """{"InstanceId":"ins-00000001","DiskIds":["$HELD"]}""", ""),
        ("POLICY", "CreateAutoSnapshotPolicy", """{"Policy":[{"DayOfWeek":[0],"Hour":[2]}]}""", "AutoSnapshotPolicyId"),
        ("", "BindAutoSnapshotPolicy", """{"AutoSnapshotPolicyId":"$POLICY","DiskIds":["$DISK"]}""", ""),
        ("GROUP", "CreateSnapshotGroup", """{"DiskIds":["$DISK","$OTHER"]}""", "SnapshotGroupId"),
        ("MEMBER", "DescribeSnapshotGroups", "{}", "SnapshotGroupSet.0.SnapshotIdSet.0"),
        ("", "ModifyDiskBackupQuota", """{"DiskId":"$DISK","DiskBackupQuota":4}""", ""),
        ("BACKUP", "CreateDiskBackup", """{"DiskId":"$DISK"}""", "DiskBackupId"),
        ("ACCOUNT", "CreateAccount", """{"AccountName":"second"}""", "AccountId"),
        ("KEY", "CreateAccessKey", """{"Name":"second"}""", "SecretId"),
    ];

    private const string Prepaid =
        """
        "Placement":{"Zone":"local-1"},"DiskChargeType":"PREPAID","DiskType":"CLOUD_PREMIUM",
        "DiskChargePrepaid":{"Period":1}
        """;

    private readonly Dictionary<string, string> _ids = [];

    private World()
    {
    }

    /// <summary>The ids of all that was made.</summary>
    public IReadOnlyList<string> Ids => [.. _ids.Values];

    /// <summary>Makes everything.</summary>
    public static World Make(DirectCalls calls)
    {
        var world = new World();
        foreach (var step in Steps.Where(step => ActionTable.Find(step.Action) is not null))
        {
            var answer = calls.Call(step.Action, world.Fill(step.Body));
            if (step.Name.Length > 0)
                world._ids[step.Name] = Follow(answer, step.Result);
        }

        return world;
    }

    /// <summary>The text with ids in place of names.</summary>
    public string Fill(string text) => _ids
        .OrderByDescending(id => id.Key.Length)
        .Aggregate(text, (filled, id) => filled.Replace($"${id.Key}", id.Value, StringComparison.Ordinal));

    private static string Follow(JsonElement answer, string path)
    {
        foreach (var step in path.Split('.'))
        {
            answer = int.TryParse(step, CultureInfo.InvariantCulture, out var index)
                ? answer[index]
                : answer.GetProperty(step);
        }

        return answer.GetString() ?? "";
    }
}
