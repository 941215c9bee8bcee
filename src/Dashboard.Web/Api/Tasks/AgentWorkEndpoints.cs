using System.Globalization;
using System.Text.Json;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Json;
using Dashboard.Domain.Results;
using Dashboard.Domain.Tasks;
using Dashboard.Web.Api.Compliance;
using Dashboard.Web.Identity;

namespace Dashboard.Web.Api.Tasks;

/// <summary>Body of what an agent says about a task.</summary>
internal sealed class AgentWorkBody : JsonDocumentShape
{
    /// <summary>The agent that carries the task out; its seat is external or human.</summary>
    public Guid AgentId { get; set; }

    /// <summary>Of a call answered, voicemail or no_answer; of a message sent, delivered, opened, replied or bounced.</summary>
    public string? Outcome { get; set; }

    /// <summary>Of a call, in seconds.</summary>
    public int? Duration { get; set; }

    /// <summary>What the customer said.</summary>
    public string? Response { get; set; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; set; }
}

/// <summary>Tasks an agent has taken.</summary>
internal sealed record ClaimedAnswer(IReadOnlyList<Guid> Items);

/// <summary>A started contact.</summary>
/// <param name="AttemptId">The reserved attempt, and the idempotency key at a provider.</param>
/// <param name="Status">Where the task is now.</param>
internal sealed record StartedAnswer(Guid? AttemptId, AgentTaskStatus Status);

/// <summary>Where a task is now.</summary>
internal sealed record TaskStatusAnswer(AgentTaskStatus Status);

/// <summary>
/// What agents outside the engine do (contracts.md): take tasks, start each one through the gate, say what came of it. A start
/// that the gate refuses answers 409 with the findings; the task then waits or ends as they say.
/// </summary>
internal static class AgentWorkEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapAgentWork(this RouteGroupBuilder api)
    {
        api.MapPost("/agents/{id:guid}/claim", ClaimAsync)
            .Produces<ClaimedAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithTags("Agents")
            .WithSummary("Takes due tasks of the agent's kind; ?max=n, 1 to 100.")
            .For(Roles.TaskManagers);
        var tasks = api.MapGroup("/tasks/{id:guid}").WithTags("Tasks");
        tasks
            .MapPost("/start", StartAsync)
            .Accepts<AgentWorkBody>("application/json")
            .Produces<StartedAnswer>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary(
                "Runs the gate again and reserves the attempt; 409 with the findings when it refuses."
            )
            .For(Roles.TaskManagers);
        tasks
            .MapPost("/complete", CompleteAsync)
            .Accepts<AgentWorkBody>("application/json")
            .Produces<TaskStatusAnswer>()
            .For(Roles.TaskManagers);
        tasks
            .MapPost("/fail", FailAsync)
            .Accepts<AgentWorkBody>("application/json")
            .Produces<TaskStatusAnswer>()
            .For(Roles.TaskManagers);
    }

    private static async Task<IResult> ClaimAsync(
        Guid id,
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var text = http.Request.Query["max"].ToString();
        var max = 1;
        if (
            text.Length > 0
            && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out max)
        )
        {
            return Problems.Of(
                Error.Invalid("max", $"max is '{text}': use a number from 1 to 100.")
            );
        }

        var claimed = await commands.RunAsync(
            new ClaimTasks(id, max),
            CurrentActor.Of(http),
            cancellationToken
        );
        return claimed.Error is { } refusal
            ? Refused(refusal)
            : ApiResults.Ok(new ClaimedAnswer(claimed.Value));
    }

    private static async Task<IResult> StartAsync(
        Guid id,
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var body = await ApiBody.ReadAsync<AgentWorkBody>(http.Request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return Problems.Of(unreadable);
        }

        var started = await commands.RunAsync(
            new StartTask(id, body.Value.AgentId),
            CurrentActor.Of(http),
            cancellationToken
        );
        if (started.Error is { } refusal)
        {
            return Refused(refusal);
        }

        var start = started.Value;
        return start.IsStarted
            ? ApiResults.Ok(new StartedAnswer(start.AttemptId, start.Status))
            : Problems.Of(
                [start.Refusal ?? Error.Conflict("The contact may not be made now.")],
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["decision"] = start.Decision,
                    ["next_allowed_at"] = start.NextAllowedAt,
                    ["status"] = start.Status.ToText(),
                    ["findings"] = EvaluateFinding.Of(start.Findings),
                }
            );
    }

    private static async Task<IResult> CompleteAsync(
        Guid id,
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var body = await ApiBody.ReadAsync<AgentWorkBody>(http.Request, cancellationToken);
        return body.Error is { } unreadable
            ? Problems.Of(unreadable)
            : Status(
                await commands.RunAsync(
                    new CompleteTask(
                        id,
                        body.Value.AgentId,
                        body.Value.Outcome ?? string.Empty,
                        body.Value.Duration,
                        body.Value.Response
                    ),
                    CurrentActor.Of(http),
                    cancellationToken
                )
            );
    }

    private static async Task<IResult> FailAsync(
        Guid id,
        HttpContext http,
        CommandRunner commands,
        CancellationToken cancellationToken
    )
    {
        var body = await ApiBody.ReadAsync<AgentWorkBody>(http.Request, cancellationToken);
        return body.Error is { } unreadable
            ? Problems.Of(unreadable)
            : Status(
                await commands.RunAsync(
                    new FailTask(id, body.Value.AgentId, body.Value.Reason ?? string.Empty),
                    CurrentActor.Of(http),
                    cancellationToken
                )
            );
    }

    private static IResult Status(Result<AgentTaskStatus> result) =>
        result.Error is { } refusal
            ? Refused(refusal)
            : ApiResults.Ok(new TaskStatusAnswer(result.Value));

    /// <summary>Fields in the spelling of the body.</summary>
    private static IResult Refused(Error refusal) =>
        Problems.Of(
            refusal.Field is { } field
                ? refusal with
                {
                    Field =
                        field == nameof(CompleteTask.DurationSeconds)
                            ? "duration"
                            : JsonNamingPolicy.SnakeCaseLower.ConvertName(field),
                }
                : refusal
        );
}
