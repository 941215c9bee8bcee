using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Data.Commands;
using Dashboard.Domain.Results;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Data.Operators;

/// <summary>Makes an API key. Its text is in the result and nowhere else: only a hash is stored.</summary>
/// <param name="Name">Which program it is for; unique among keys that work, 1 to 80 characters.</param>
/// <param name="Scopes">At least one of <see cref="ApiScopes.Names"/>.</param>
/// <param name="ExpiresAt">UTC, exclusive; null = it does not run out.</param>
public sealed record CreateApiKey(
    string Name,
    IReadOnlyList<string> Scopes,
    DateTime? ExpiresAt = null
) : ICommand<NewApiKey>
{
    /// <summary>How every key begins, so that scanners for leaked secrets find it.</summary>
    public const string Prefix = "cec_";

    private const int SecretBytes = 32;
    private const int LongestName = 80;

    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("api_key", Guid.Empty, "created");

    /// <summary>What is stored of a key's text.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <inheritdoc />
    public async Task<Result<NewApiKey>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        if (Problem(context.Now) is { } problem)
        {
            return problem;
        }

        var name = Name.Trim();
        var taken = await context.Db.ApiKeys.AnyAsync(
            k => k.Name == name && k.RevokedAt == null,
            cancellationToken
        );
        if (taken)
        {
            return Error.Invalid(
                "name",
                $"There is a key named '{name}' already. Choose another name, or revoke that one first."
            );
        }

        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            KeyHash = Hash(text),
            Scopes = [.. Scopes.Distinct(StringComparer.Ordinal)],
            CreatedAt = context.Now,
            CreatedBy = context.Actor.Name,
            ExpiresAt = ExpiresAt,
        };
        context.Db.ApiKeys.Add(key);
        return new NewApiKey(key.Id, text);
    }

    private Error? Problem(DateTime now)
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Trim().Length > LongestName)
        {
            return Error.Invalid(
                "name",
                $"Name the program the key is for, in 1 to {LongestName} characters."
            );
        }

        var unknown = Scopes.Except(ApiScopes.Names, StringComparer.Ordinal).FirstOrDefault();
        if (Scopes.Count == 0 || unknown is not null)
        {
            return Error.Invalid(
                "scope",
                $"{(unknown is null ? "A key needs a scope" : $"There is no scope '{unknown}'")}: use one or more of {string.Join(", ", ApiScopes.Names)}."
            );
        }

        return ExpiresAt <= now
            ? Error.Invalid("expires_at", "The end of a key lies in the future.")
            : null;
    }
}

/// <summary>A key that was just made.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Key">Its text, to be shown once.</param>
public sealed record NewApiKey(Guid Id, string Key)
{
    /// <summary>Without the key: it must not get into a log.</summary>
    public override string ToString() => $"API key {Id}";
}

/// <summary>Ends an API key at once. Doing it twice changes nothing.</summary>
public sealed record RevokeApiKey(Guid KeyId) : ICommand<Nothing>
{
    /// <inheritdoc />
    public string AllowedRoles => Roles.Administrators;

    /// <inheritdoc />
    public CommandTarget Target => new("api_key", KeyId, "revoked");

    /// <inheritdoc />
    public async Task<Result<Nothing>> RunAsync(
        CommandContext context,
        CancellationToken cancellationToken
    )
    {
        var key = await context.Db.ApiKeys.SingleOrDefaultAsync(
            k => k.Id == KeyId,
            cancellationToken
        );
        if (key is null)
        {
            return Error.NotFound("There is no such key.");
        }

        key.RevokedAt ??= context.Now;
        return default(Nothing);
    }
}
