using Dashboard.Data.Campaigns;
using Dashboard.Data.Commands;
using Dashboard.Data.Sql;
using Dashboard.Data.Tasks;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Dashboard.Engine.Loops;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Dashboard.Engine.Campaigns;

/// <summary>What one batch of campaigns did.</summary>
/// <param name="Claimed">Campaigns looked at.</param>
/// <param name="TasksCreated">Steps that fell due.</param>
/// <param name="StepsSkipped">Steps whose conditions did not hold.</param>
/// <param name="Completed">Campaigns out of steps.</param>
public sealed record CampaignRunResult(
    int Claimed,
    int TasksCreated,
    int StepsSkipped,
    int Completed
);

/// <summary>
/// Moves campaigns from step to step. Whoever ends a task only puts its campaign on the schedule; what that means for the
/// campaign is worked out here and nowhere else, in one transaction a batch.
/// </summary>
public sealed class CampaignRunner(
    NpgsqlDataSource source,
    CommandRunner commands,
    IOptions<EngineOptions> options,
    TimeProvider time
) : IEngineJob
{
    private DateTime _sweptAt;

    /// <inheritdoc />
    public TimeSpan Interval => options.Value.PollInterval;

    /// <inheritdoc />
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (now - _sweptAt >= options.Value.SweepInterval)
        {
            _sweptAt = now;
            await SweepAsync(cancellationToken);
        }

        var result = await RunOnceAsync(cancellationToken);
        return result.Claimed > 0;
    }

    /// <summary>Completes paid campaigns (<c>stop_on_payment</c>) and puts forgotten ones on the schedule.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        await commands.RunAsync(
            new CompletePaidCampaigns(),
            Actor.System("campaign_runner"),
            cancellationToken
        );
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var heal = connection.Command(
            Sql("Heal"),
            Statement.At(time.GetUtcNow().UtcDateTime)
        );
        await heal.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Works off one batch.</summary>
    public async Task<CampaignRunResult> RunOnceAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var campaigns = await ClaimAsync(connection, now, cancellationToken);
        if (campaigns.Count == 0)
        {
            return new CampaignRunResult(0, 0, 0, 0);
        }

        var moves = campaigns.ConvertAll(c => CampaignMove.Of(c, now));
        await using var batch = new NpgsqlBatch(connection);
        AddTasks(batch, moves, now);
        AddAdvance(batch, moves, now);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CampaignRunResult(
            campaigns.Count,
            moves.Count(m => m.Begin is not null),
            moves.Sum(m => m.Skipped),
            moves.Count(m => m.Status == Domain.Campaigns.CampaignStatus.Completed)
        );
    }

    private async Task<List<ClaimedCampaign>> ClaimAsync(
        NpgsqlConnection connection,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var ids = new List<Guid>();
        await using (
            var claim = connection.Command(
                Sql("Claim"),
                Statement.At(now),
                Statement.Number(options.Value.BatchSize)
            )
        )
        await using (var claimed = await claim.ExecuteReaderAsync(cancellationToken))
        {
            while (await claimed.ReadAsync(cancellationToken))
            {
                ids.Add(claimed.GetGuid(0));
            }
        }

        var campaigns = new List<ClaimedCampaign>(ids.Count);
        if (ids.Count == 0)
        {
            return campaigns;
        }

        await using var facts = connection.Command(
            Sql("Facts"),
            Statement.Keys(ids),
            Statement.Day(DateOnly.FromDateTime(now))
        );
        await using var reader = await facts.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            campaigns.Add(ClaimedCampaign.Read(reader));
        }

        return campaigns;
    }

    private static void AddTasks(NpgsqlBatch batch, List<CampaignMove> moves, DateTime now)
    {
        var begun = moves
            .Where(m => m.Begin is not null)
            .Select(m => (m.Campaign, Step: m.Begin!))
            .ToList();
        if (begun.Count == 0)
        {
            return;
        }

        batch.Add(
            Sql("InsertTasks"),
            Statement.Keys(begun.Select(_ => Guid.CreateVersion7())),
            Statement.Texts(begun.Select(b => TaskTypes.Of(b.Step.Channel).ToText())),
            Statement.Texts(begun.Select(b => b.Step.Priority.ToText())),
            Statement.Keys(begun.Select(b => b.Campaign.CustomerId)),
            Statement.Keys(begun.Select(b => b.Campaign.Id)),
            Statement.KeysOrNull(begun.Select(b => b.Campaign.PaymentRecordId)),
            Statement.Texts(begun.Select(b => Context(b.Step))),
            Statement.Numbers(begun.Select(b => (int?)Math.Max(1, b.Step.MaxAttempts))),
            Statement.At(now)
        );
    }

    private static string Context(Domain.Campaigns.EscalationStep step) =>
        JsonShape.Write(
            new TaskContext
            {
                StepNumber = step.StepNumber,
                Round = 1,
                Channel = step.Channel,
                Template = step.Template,
                FallbackChannel = step.FallbackChannel,
                Reason = $"Step {step.StepNumber} of its campaign.",
            }
        );

    private static void AddAdvance(NpgsqlBatch batch, List<CampaignMove> moves, DateTime now) =>
        batch.Add(
            Sql("Advance"),
            Statement.Keys(moves.Select(m => m.Campaign.Id)),
            Statement.Texts(moves.Select(m => m.Status.ToText())),
            Statement.Numbers(moves.Select(m => (int?)m.CurrentStep)),
            Statement.Texts(moves.Select(m => JsonShape.Write(m.Steps))),
            Statement.Instants(moves.Select(m => m.DueAt)),
            Statement.At(now)
        );

    private static string Sql(string name) => SqlFile.Read<CampaignRunner>(name);
}
