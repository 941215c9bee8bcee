using System.Text.Json.Serialization;
using Dashboard.Data.Sql;
using Dashboard.Data.Templates;
using Dashboard.Domain.Contacts;
using Dashboard.Domain.Json;
using Npgsql;

namespace Dashboard.Engine.Sending;

/// <summary>A reserved attempt with everything its message is made of.</summary>
internal sealed record SendJob
{
    public required Guid AttemptId { get; init; }
    public required Guid TaskId { get; init; }
    public required Guid AgentId { get; init; }
    public required Guid CustomerId { get; init; }
    public required Channel Channel { get; init; }
    public required int Attempts { get; init; }
    public required int MaxAttempts { get; init; }
    public required DateTime LeaseUntil { get; init; }
    public required string CompanyName { get; init; }
    public required string ContactName { get; init; }
    public required string To { get; init; }
    public required string? Timezone { get; init; }
    public required string AgentName { get; init; }
    public required string? TemplateName { get; init; }
    public required string? Subject { get; init; }
    public required string? Content { get; init; }
    public required string? Html { get; init; }
    public required string? WantedTemplate { get; init; }
    public required IReadOnlyList<InvoiceValues> Invoices { get; init; }
    public required bool IsDemo { get; init; }

    /// <summary>Reads a row of Jobs.sql.</summary>
    public static SendJob Read(NpgsqlDataReader row)
    {
        var channel = EnumText.Parse<Channel>(row.GetString(5));
        return new SendJob
        {
            AttemptId = row.GetGuid(0),
            TaskId = row.GetGuid(1),
            AgentId = row.GetGuid(2),
            CustomerId = row.GetGuid(3),
            Channel = channel,
            Attempts = row.IsDBNull(7) ? 1 : row.GetInt32(7),
            MaxAttempts = row.IsDBNull(8) ? 1 : row.GetInt32(8),
            LeaseUntil = row.Utc(9),
            CompanyName = row.GetString(10),
            ContactName = row.GetString(11),
            To =
                channel switch
                {
                    Channel.Email => row.GetString(12),
                    Channel.Sms => row.TextOrNull(13),
                    _ => row.TextOrNull(14),
                } ?? string.Empty,
            Timezone = row.TextOrNull(15),
            AgentName = row.GetString(16),
            TemplateName = row.TextOrNull(17),
            Subject = row.TextOrNull(18),
            Content = row.TextOrNull(19),
            Html = row.TextOrNull(20),
            WantedTemplate = row.TextOrNull(21),
            IsDemo = row.GetBoolean(23),
            Invoices =
            [
                .. JsonShape
                    .Read<List<InvoiceRow>>(row.GetString(22))
                    .Select(i => new InvoiceValues(
                        i.Number,
                        i.Open,
                        i.Currency,
                        i.DueDate,
                        i.Description
                    )),
            ],
        };
    }

    private sealed record InvoiceRow(
        string Number,
        decimal Open,
        string Currency,
        [property: JsonPropertyName("due_date")] DateOnly DueDate,
        string? Description
    );
}
