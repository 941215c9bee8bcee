using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Data.Commands;
using Dashboard.Data.Operators;
using Microsoft.EntityFrameworkCore;

namespace Dashboard.Web.Features.Operators.Commands;

/// <summary>A one-time link, known only to who made it: the database holds its hash.</summary>
/// <param name="Token">What the link carries.</param>
/// <param name="ExpiresAt">UTC.</param>
public sealed record SetupLink(string Token, DateTime ExpiresAt)
{
    /// <summary>Its address under the product's own.</summary>
    public string Path => $"/account/set-up?token={Token}";

    /// <summary>What the database keeps of <paramref name="token"/>.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Makes a link in the command's transaction; earlier ones of the same operator stop working.</summary>
    internal static async Task<SetupLink> IssueAsync(
        CommandContext context,
        Guid? operatorId,
        TimeSpan validFor,
        CancellationToken cancellationToken
    )
    {
        if (operatorId is not null)
        {
            await context
                .Db.SetupTokens.Where(t => t.OperatorId == operatorId && t.UsedAt == null)
                .ExecuteUpdateAsync(
                    t => t.SetProperty(x => x.UsedAt, context.Now),
                    cancellationToken
                );
        }

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var expires = context.Now + validFor;
        context.Db.SetupTokens.Add(
            new SetupToken
            {
                Id = Guid.CreateVersion7(),
                TokenHash = Hash(token),
                OperatorId = operatorId,
                CreatedAt = context.Now,
                ExpiresAt = expires,
            }
        );
        return new SetupLink(token, expires);
    }
}
