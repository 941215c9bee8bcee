using System.ComponentModel.DataAnnotations;
using Dashboard.Data.Templates;

namespace Dashboard.Engine;

/// <summary>Section <c>Engine</c>.</summary>
public sealed class EngineOptions : MessageOptions, IValidatableObject
{
    /// <summary>How often a loop looks for work when it found none; with work it goes on at once.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Tasks or campaigns in one transaction at most.</summary>
    [Range(1, 5000)]
    public int BatchSize { get; set; } = 250;

    /// <summary>How long a worker holds a task before the rescuer takes over; renewed while it is at work.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Time between two tries of a task.</summary>
    public TimeSpan RetryBackOff { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between two calls of a task when nobody answered.</summary>
    public TimeSpan CallBackOff { get; set; } = TimeSpan.FromHours(3);

    /// <summary>When a task that waits for a repair (broken rule, unknown time zone) is looked at again.</summary>
    public TimeSpan RecheckAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the engine's own agents say that they are alive.</summary>
    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>An agent silent for so long is offline.</summary>
    public TimeSpan OfflineAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Failures in a row that put an agent to <c>error</c>.</summary>
    [Range(1, 1000)]
    public int FailuresToError { get; set; } = 5;

    /// <summary>How long an agent stays in <c>error</c> before it tries again.</summary>
    public TimeSpan ErrorCooldown { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often settled invoices and campaigns that lost their schedule are looked for.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages on their way at once in this process.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentSends { get; set; } = 200;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var spans = new (string Name, TimeSpan Value)[]
        {
            (nameof(PollInterval), PollInterval),
            (nameof(LeaseDuration), LeaseDuration),
            (nameof(RetryBackOff), RetryBackOff),
            (nameof(CallBackOff), CallBackOff),
            (nameof(RecheckAfter), RecheckAfter),
            (nameof(HeartbeatInterval), HeartbeatInterval),
            (nameof(ErrorCooldown), ErrorCooldown),
            (nameof(SweepInterval), SweepInterval),
        };
        foreach (var (name, value) in spans.Where(s => s.Value <= TimeSpan.Zero))
        {
            yield return new ValidationResult(
                $"{Section}:{name} is {value}; it must be above zero."
            );
        }

        if (OfflineAfter <= HeartbeatInterval)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(OfflineAfter)} must be longer than {nameof(HeartbeatInterval)}."
            );
        }
    }
}
