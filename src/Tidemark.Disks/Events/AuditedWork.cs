using Microsoft.Data.Sqlite;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks.Events;

/// <summary>
/// Runs an action so that a refusal leaves an event too and every failure has a code. The event of a success is written
/// by the action, in its own transaction.
/// </summary>
internal sealed class AuditedWork(EventLog events)
{
    /// <summary>Runs an action.</summary>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="action">The action's name.</param>
    /// <param name="resourceId">What it is about.</param>
    /// <param name="body">The action.</param>
    public T Run<T>(Caller caller, string action, string resourceId, Func<T> body)
    {
        try
        {
            return body();
        }
        catch (DomainException refusal)
        {
            events.Note(caller, action, resourceId, refusal.Code, refusal.Message);
            throw;
        }
        catch (Exception problem) when (problem is EngineException or StoreException or SqliteException)
        {
            var refusal = Translate(problem, action, resourceId);
            events.Note(caller, action, resourceId, refusal.Code, refusal.Message);
            throw refusal;
        }
    }

    /// <summary>The code of a failure below the domain.</summary>
    public static DomainException Translate(Exception problem, string action, string resourceId)
    {
        var code = problem is EngineException { Fault: var fault }
            ? fault switch
            {
                EngineFault.Invalid => ErrorCode.InvalidParameterValue,
                EngineFault.NotFound or EngineFault.Conflict => ErrorCode.Busy,
                _ => ErrorCode.OperationFailed,
            }
            : ErrorCode.OperationFailed;
        return new DomainException(code, $"{action} of {resourceId} failed: {problem.Message}", problem);
    }
}
