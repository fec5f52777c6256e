using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace PatchBot.Core.Exports;

/// <summary>A table as a file that spreadsheets open: UTF-8 with its mark, commas, one header line (RFC 4180).</summary>
public static class CsvFile
{
    // What people and vendors wrote must not become a formula in the spreadsheet of whoever opens it.
    private static readonly CsvConfiguration Rules = new(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\r\n" };

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var file = new MemoryStream();
        using (var text = new StreamWriter(file, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true))
        using (var csv = new CsvWriter(text, Rules))
        {
            foreach (var row in rows.Prepend(header))
            {
                foreach (var field in row)
                {
                    csv.WriteField(field);
                }

                csv.NextRecord();
            }
        }

        return file.ToArray();
    }
}
