using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Dashboard.Data.Hosting;

/// <summary>The one way to connect: every connection speaks UTC, migrations come from their own assembly.</summary>
public static class DashboardDbOptions
{
    /// <summary>A pool of connections with <c>timezone=UTC</c>.</summary>
    public static NpgsqlDataSource CreateDataSource(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.Timezone = "UTC";
        builder.ConnectionStringBuilder.ApplicationName ??= "dashboard";
        return builder.Build();
    }

    /// <summary>Uses <paramref name="dataSource"/>.</summary>
    public static DbContextOptionsBuilder UseDashboard(
        this DbContextOptionsBuilder options,
        DbDataSource dataSource
    ) => options.UseNpgsql(dataSource, UseOurMigrations);

    /// <summary>Uses a connection string: for design time only, where nothing connects.</summary>
    public static DbContextOptionsBuilder<DashboardDb> UseDashboard(
        this DbContextOptionsBuilder<DashboardDb> options,
        string connectionString
    ) => options.UseNpgsql(connectionString, UseOurMigrations);

    private static void UseOurMigrations(
        Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder options
    ) =>
        options
            .MigrationsAssembly("Dashboard.Migrations")
            .MigrationsHistoryTable("__EFMigrationsHistory", DashboardDb.OpsSchema);
}
