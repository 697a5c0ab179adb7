using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ServiceDefaults.Storage;

/// <summary>Names columns and keys in snake_case and stores enums as their snake_case word.</summary>
public static class SnakeCase
{
    public static string Of(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>The word of an enum value as it stands in the database and in JSON.</summary>
    public static string Word<TEnum>(this TEnum value)
        where TEnum : struct, Enum => Words<TEnum>.Of(value);

    public static void Apply(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                property.SetColumnName(Of(property.Name));
                var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
                if (type.IsEnum)
                {
                    property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(type))!);
                    property.SetMaxLength(24);
                }
            }

            foreach (var key in entity.GetKeys())
            {
                key.SetName(key.GetName()?.ToLowerInvariant());
            }

            foreach (var index in entity.GetIndexes())
            {
                index.SetDatabaseName(index.GetDatabaseName()?.ToLowerInvariant());
            }

            foreach (var foreignKey in entity.GetForeignKeys())
            {
                foreignKey.SetConstraintName(foreignKey.GetConstraintName()?.ToLowerInvariant());
            }
        }
    }

    private sealed class Converter<TEnum>() : ValueConverter<TEnum, string>(value => Words<TEnum>.Of(value), word => Words<TEnum>.Parse(word))
        where TEnum : struct, Enum;

    private static class Words<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly Dictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>().ToDictionary(value => value, value => SnakeCase.Of(value.ToString()));
        private static readonly Dictionary<string, TEnum> ByWord = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

        public static string Of(TEnum value) => ByValue[value];

        public static TEnum Parse(string word) => ByWord[word];
    }

    /// <summary>The value of a snake_case word; throws for a word that is none.</summary>
    public static TEnum Parse<TEnum>(string word)
        where TEnum : struct, Enum => Words<TEnum>.Parse(word);

    /// <summary>All words of an enum, for messages that list what would be accepted.</summary>
    public static IReadOnlyList<string> All<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(value => value.Word())];
}
