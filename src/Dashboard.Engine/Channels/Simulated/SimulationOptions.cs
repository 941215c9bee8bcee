using System.ComponentModel.DataAnnotations;

namespace Dashboard.Engine.Channels.Simulated;

/// <summary>Section <c>Engine:Simulation</c>: the channel that only pretends, for what has no real provider.</summary>
public sealed class SimulationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Engine:Simulation";

    /// <summary>1 = real time, 0.1 = ten times faster, 0 = at once (tests).</summary>
    [Range(0, 100)]
    public double TimeScale { get; set; } = 1;

    /// <summary>Share of messages the customer replies to, 0 to 1.</summary>
    [Range(0, 1)]
    public double ReplyRate { get; set; } = 0.12;

    /// <summary>Share of calls that a person answers, 0 to 1; of the rest half reach voicemail.</summary>
    [Range(0, 1)]
    public double AnswerRate { get; set; } = 0.4;

    /// <summary>Share of messages that the network refuses for a while, 0 to 1.</summary>
    [Range(0, 1)]
    public double FailureRate { get; set; } = 0.01;
}
