using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions;

/// <summary>
/// Sees to it that every call that may change something leaves an audit event: the domain writes its own, together
/// with the change; what never got there, or changes nothing of the domain, is noted here.
/// </summary>
/// <param name="note">Writes an event: caller, action, resource, result, message.</param>
internal sealed class CallAudit(Action<Caller, string, string, string, string> note)
{
    private const int IdsMax = 100;

    /// <summary>Notes nothing.</summary>
    public static readonly CallAudit None = new((_, _, _, _, _) => { });

    /// <summary>Runs a call and notes how it ended, unless an event was written on the way.</summary>
    /// <param name="action">The action; only one that changes something is noted.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="parameters">The request's members, for the ids among them.</param>
    /// <param name="run">The call, with the caller that it is made for.</param>
    public ApiResponse Run(
        ApiAction action, Caller caller, Func<ParameterReader> parameters, Func<Caller, ApiResponse> run)
    {
        if (!action.IsMutating)
            return run(caller);

        var trail = new EventTrail();
        var result = EventLog.Success;
        var message = "";
        try
        {
            return run(caller with { Trail = trail });
        }
        catch (ApiException refused)
        {
            (result, message) = (refused.Code, refused.Message);
            throw;
        }
        catch (DomainException refused)
        {
            (result, message) = (refused.Code, refused.Message);
            throw;
        }
        catch
        {
            result = ErrorCodes.InternalError;
            throw;
        }
        finally
        {
            if (!trail.HasEvent)
                note(caller, action.Name, ResourcesOf(action, parameters), result, message);
        }
    }

    // What the request names, as far as it can be read: it may be refused for just that.
    private static string ResourcesOf(ApiAction action, Func<ParameterReader> parameters)
    {
        try
        {
            var reader = parameters();
            var ids = new List<string>();
            foreach (var parameter in action.Parameters)
            {
                if (parameter.Kind == ApiParameterKind.Text && IsNamed(parameter, "Id", "Resource"))
                    ids.Add(reader.Text(parameter.Name) ?? "");
                else if (parameter.Kind == ApiParameterKind.Texts && IsNamed(parameter, "Ids", "ResourceList"))
                    ids.AddRange(reader.Texts(parameter.Name, IdsMax) ?? []);
            }

            return string.Join(',', ids.Where(id => id.Length > 0));
        }
        catch (ApiException)
        {
            return "";
        }
    }

    private static bool IsNamed(ApiParameter parameter, string ending, string other) =>
        parameter.Name.EndsWith(ending, StringComparison.Ordinal) || parameter.Name == other;
}
