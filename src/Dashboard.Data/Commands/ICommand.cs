using Dashboard.Domain.Results;

namespace Dashboard.Data.Commands;

/// <summary>One thing an operator, an API key or the system does. A record whose properties are its input.</summary>
/// <typeparam name="TResult">What it gives back; <see cref="Nothing"/> when nothing.</typeparam>
public interface ICommand<TResult>
{
    /// <summary>Comma-separated roles that may run it (constants of <see cref="Operators.Roles"/>).</summary>
    string AllowedRoles { get; }

    /// <summary>What a refusal's audit row names: singular noun, key (empty when the row does not exist yet), action.</summary>
    CommandTarget Target { get; }

    /// <summary>
    /// Does it. Runs inside the transaction; changes through <see cref="CommandContext.Db"/> are audited by themselves,
    /// set-based statements add their rows through <see cref="CommandContext.Audit"/>. An error value rolls everything back.
    /// </summary>
    Task<Result<TResult>> RunAsync(CommandContext context, CancellationToken cancellationToken);
}

/// <summary>What a command is about, for the audit log.</summary>
public sealed record CommandTarget(string EntityType, Guid EntityId, string Action);

/// <summary>The result of a command that returns nothing.</summary>
public readonly record struct Nothing;
