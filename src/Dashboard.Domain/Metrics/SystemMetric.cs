using System.Text.Json;

namespace Dashboard.Domain.Metrics;

/// <summary>One measured value (schema.md, table 12).</summary>
public sealed class SystemMetric
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary><c>agent_utilization</c>, <c>task_throughput</c>, <c>success_rate</c>, …</summary>
    public string MetricType { get; set; } = string.Empty;

    /// <summary>At most 100 characters.</summary>
    public string MetricName { get; set; } = string.Empty;

    /// <summary>Four decimals.</summary>
    public decimal Value { get; set; }

    /// <summary>What it is grouped by.</summary>
    public JsonElement? Dimensions { get; set; }

    /// <summary>UTC.</summary>
    public DateTime Timestamp { get; set; }
}
