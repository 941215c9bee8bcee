using System.Text.Json;
using Dashboard.Data;
using Dashboard.Data.Reads;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Dashboard.Web.Features.Customers;

/// <summary>Reads the timeline of a customer or of one campaign, newest first.</summary>
public sealed class TimelineQuery(IDbContextFactory<DashboardDb> contexts)
{
    /// <summary>Reads <paramref name="count"/> lines about a customer, older than <paramref name="before"/> when it is given.</summary>
    public Task<TimelinePart> RunAsync(
        Guid customerId,
        TimelineEvent? before,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(TimelineSql.OfCustomer, customerId, before, count, cancellationToken);

    /// <summary>Reads <paramref name="count"/> lines about a campaign, older than <paramref name="before"/> when it is given.</summary>
    public Task<TimelinePart> OfCampaignAsync(
        Guid campaignId,
        TimelineEvent? before,
        int count,
        CancellationToken cancellationToken
    ) => ReadAsync(TimelineSql.OfCampaign, campaignId, before, count, cancellationToken);

    private async Task<TimelinePart> ReadAsync(
        string statement,
        Guid scope,
        TimelineEvent? before,
        int count,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var events = await db.ReadAsync(
            statement,
            [
                new("scope", scope),
                new("before", NpgsqlDbType.Timestamp)
                {
                    Value = before is null
                        ? DateTime.MaxValue
                        : DateTime.SpecifyKind(before.At, DateTimeKind.Unspecified),
                },
                new("before_id", before?.Id ?? Guid.Empty),
                new("limit", count + 1),
            ],
            Map,
            cancellationToken
        );
        return events.Count > count
            ? new TimelinePart(events[..count], true)
            : new TimelinePart(events, false);
    }

    private static TimelineEvent Map(NpgsqlDataReader row) =>
        new()
        {
            Id = row.Value<Guid>("id")!.Value,
            Kind = row.Word<TimelineKind>("kind")!.Value,
            At = row.Utc("at")!.Value,
            What = row.Text("what")!,
            State = row.Text("state")!,
            Actor = row.Text("actor"),
            Text = row.Text("text"),
            Amount = row.Value<decimal>("amount"),
            Currency = row.Text("currency"),
            Duration = row.Value<int>("duration"),
            Document = row.Text("document") is { } json
                ? JsonSerializer.Deserialize<JsonElement>(json)
                : null,
            TaskId = row.Value<Guid>("task_id"),
        };
}
