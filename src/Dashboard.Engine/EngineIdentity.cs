namespace Dashboard.Engine;

/// <summary>This engine process, as its leases name it.</summary>
public sealed class EngineIdentity
{
    /// <summary>Unique for each start of a process.</summary>
    public string Token { get; } =
        $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.CreateVersion7():N}";
}
