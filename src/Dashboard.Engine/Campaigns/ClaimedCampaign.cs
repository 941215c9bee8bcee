using Dashboard.Data.Sql;
using Dashboard.Domain.Campaigns;
using Dashboard.Domain.Customers;
using Dashboard.Domain.Json;
using Dashboard.Domain.Tasks;
using Npgsql;

namespace Dashboard.Engine.Campaigns;

/// <summary>The task of the step in hand.</summary>
internal sealed record StepTask(
    AgentTaskStatus Status,
    DateTime? CompletedAt,
    string? Reason,
    string? Outcome
);

/// <summary>A campaign this transaction holds, with what decides about its next step.</summary>
internal sealed record ClaimedCampaign
{
    public required Guid Id { get; init; }
    public required Guid CustomerId { get; init; }
    public required Guid? PaymentRecordId { get; init; }
    public required CampaignStatus Status { get; init; }
    public required IReadOnlyList<EscalationStep> Steps { get; init; }
    public required int CurrentStep { get; init; }
    public required DateTime StartDate { get; init; }
    public required CampaignResults Results { get; init; }
    public required decimal AmountOutstanding { get; init; }
    public required DateOnly? OldestDue { get; init; }
    public required RiskLevel? RiskLevel { get; init; }
    public required decimal? ResponseRate { get; init; }
    public required DateTime? LastContact { get; init; }
    public required string? Timezone { get; init; }

    /// <summary>Null when the step in hand has no task yet.</summary>
    public required StepTask? Task { get; init; }

    /// <summary>Reads a row of Claim.sql.</summary>
    public static ClaimedCampaign Read(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            CustomerId = row.GetGuid(1),
            PaymentRecordId = row.KeyOrNull(2),
            Status = EnumText.Parse<CampaignStatus>(row.GetString(3)),
            Steps = JsonShape.Read<List<EscalationStep>>(row.GetString(4)),
            CurrentStep = row.GetInt32(5),
            StartDate = row.Utc(6),
            Results = row.TextOrNull(7) is { } results
                ? JsonShape.Read<CampaignResults>(results)
                : new CampaignResults(),
            AmountOutstanding = row.IsDBNull(8) ? 0 : row.GetDecimal(8),
            OldestDue = row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9),
            RiskLevel = EnumText.TryParse<RiskLevel>(row.TextOrNull(10), out var risk)
                ? risk
                : null,
            ResponseRate = row.IsDBNull(11) ? null : row.GetDecimal(11),
            LastContact = row.UtcOrNull(12),
            Timezone = row.TextOrNull(13),
            Task = row.IsDBNull(14)
                ? null
                : new StepTask(
                    EnumText.Parse<AgentTaskStatus>(row.GetString(15)),
                    row.UtcOrNull(16),
                    row.TextOrNull(17),
                    row.TextOrNull(18)
                ),
        };
}
