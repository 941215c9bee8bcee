using System.Xml.Linq;
using Dashboard.Data;
using Dashboard.Data.Operators;
using Dashboard.Web.Hosting;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Dashboard.Web.Identity;

/// <summary>
/// The data-protection key ring in <c>ops.data_protection_keys</c>: every process on one database reads the others'
/// cookies. (The package that does this is not in the feed.)
/// </summary>
internal sealed class KeyRing(IDbContextFactory<DashboardDb> contexts) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return
        [
            .. db
                .DataProtectionKeys.AsNoTracking()
                .Select(k => k.Xml)
                .AsEnumerable()
                .Select(xml => XElement.Parse(xml)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        db.DataProtectionKeys.Add(
            new DataProtectionKey
            {
                FriendlyName = friendlyName,
                Xml = element.ToString(SaveOptions.DisableFormatting),
            }
        );
        db.SaveChanges();
    }
}

/// <summary>Makes data protection use <see cref="KeyRing"/>, encrypted.</summary>
internal sealed class UseKeyRing(IDbContextFactory<DashboardDb> contexts, InstallationSecret secret)
    : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new KeyRing(contexts);
        options.XmlEncryptor = new KeyRingEncryptor(secret);
    }
}
