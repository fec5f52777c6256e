# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish bot/Host -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o /app

# Holds ICU, which SQL Server's driver needs, and the time zones.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
# Settings and, where it is used, the SQLite file.
RUN mkdir /data && chown $APP_UID /data
WORKDIR /data
USER $APP_UID
ENV Urls=http://+:8080
EXPOSE 8080
ENTRYPOINT ["/app/PatchBot"]
