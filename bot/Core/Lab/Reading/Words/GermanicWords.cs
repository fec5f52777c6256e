namespace PatchBot.Core.Lab.Reading;

/// <summary>German and Dutch, by sense.</summary>
internal static class GermanicWords
{
    public static IEnumerable<string> All => [German, Dutch];

    private const string German = """
        Pass: bestanden | erfolgreich getestet | getestet und ok | test erfolgreich | tests erfolgreich | freigegeben aus sicht test
        Fail: fehlgeschlagen | fehlschlag | gescheitert | durchgefallen | nicht bestanden | schlug fehl | schlagt fehl | schiefgegangen | nicht erfolgreich
        Blocked: blockiert | geblockt
        Partial: teilweise | teilweise bestanden | bedingt bestanden | eingeschränkt bestanden
        Fine: läuft | läuft sauber | läuft stabil | funktioniert | funktionieren | passt | in ordnung | erfolgreich | einwandfrei | problemlos | fehlerfrei | sauber | alles gut | alles grün | grün | geht | gehen | klappt | klappen | passen | laufen | unauffällig | reibungslos | tadellos | rennt | läuft rund | rund | alles bestens | bestens | tut | ohne befund | ohne jeden befund
        Agreement: erledigt | fertig | dito | ebenso | bei mir auch | passt für mich
        Problem: probleme | problemen | fehler | fehlern | auffälligkeiten | beanstandungen | störungen | schwierigkeiten
        Symptom: absturz | abstürze | stürzt ab | abgestürzt | blauer bildschirm | hängt | hängt sich auf | eingefroren | startet nicht | startet nicht mehr | bootet nicht | bootet nicht mehr | geht nicht | geht nicht mehr | funktioniert nicht | funktioniert nicht mehr | läuft nicht | läuft nicht mehr | kaputt | tot | fällt aus | ausgefallen | bricht ab | abgebrochen | verschwunden | nicht erreichbar | nicht mehr erreichbar | keine anmeldung | bootschleife | neustartschleife | fährt nicht hoch | fährt nicht mehr hoch | kommt nicht hoch | verbindungsabbrüche | defekt | geht nix mehr | geht nichts mehr | nix geht mehr | nichts geht mehr | spinnt | zerschossen | im eimer | hinüber | reagiert nicht | streikt | nicht mehr da
        Able: netzwerk | anmeldung | verbindung | zugriff
        Well: starten | startet | verbindet | verbinden | erreichbar | fährt hoch | fahren hoch | repliziert | druckt | drucken wieder
        Cause: kein speicherplatz | kein platz | kein freier speicherplatz | zu wenig speicherplatz | zu wenig platz | nicht genug speicherplatz | nicht genügend speicherplatz | festplatte voll | platte voll | platte ist voll | kein host | kein freier host | kein testsystem | kein testrechner | kein server frei | keine maschine | keine testmaschine | lizenz | lizenz abgelaufen | abgelaufen | voraussetzung | voraussetzung fehlt | muss zuerst | muss erst | müssen zuerst | stromausfall | wartung | labor ist offline | lab ist offline
        Untestable: konnte nicht getestet werden | kann nicht getestet werden | konnten nicht testen | konnte nicht testen | kann nicht testen | können nicht testen | nicht testbar | lässt sich nicht testen | test nicht möglich
        InstallFailed: lässt sich nicht installieren | konnte nicht installiert werden | kann nicht installiert werden | installation fehlgeschlagen | installation schlägt fehl
        Installed: installiert | eingespielt | gepatcht | aktualisiert | neu gestartet | neugestartet | ausgerollt
        Tested: getestet | geprüft | ausprobiert | probiert | test durchgeführt | durchgetestet | ausgetestet | gegengetestet
        RolledBack: zurückgerollt | deinstalliert | zurückgenommen | zurückgesetzt
        Running: läuft noch | laufen noch | noch nicht fertig | test läuft | tests laufen | wird noch getestet | werden noch getestet | in arbeit | steht noch aus | stehen noch aus | gerade dabei | noch am testen
        Untested: noch nicht getestet | nicht getestet | noch nichts | kein ergebnis | noch kein ergebnis | nicht dazu gekommen | nicht geschafft
        Caveat: mit einschränkung | mit einschränkungen | einschränkung | unter vorbehalt | nur mit | nur wenn | nur nach | solange | sofern | umweg | von hand | manuell | bedingung | unter der bedingung
        Except: außer | bis auf | mit ausnahme
        Linked: nach dem patch | nach dem update | nach dem neustart | nach der installation | seit dem patch | seit dem update | seitdem | danach | nach neustart
        Verdict: ergebnis | fazit | gesamtergebnis | bericht | insgesamt
        But: aber | jedoch | allerdings
        Not: nicht | kein | keine | keinen | keiner | keinem | keinerlei | nie | ohne | nichts | niemand | weder | ohne jegliche | ohne ein einziges | ohne irgendein | ohne irgendwelche | ohne jedes
        Hedge: ich glaube | glaube | ich denke | denke | ich vermute | vermutlich | wahrscheinlich | vielleicht | scheint | scheinen | anscheinend schon | sollte | sollte passen | sollte gehen | müsste | dürfte | könnte | möglicherweise | eventuell | nicht sicher | unsicher | größtenteils | weitgehend | meistens | im großen und ganzen | eigentlich | mehr oder weniger | so weit ich sehe | soweit ich sehe | keine ahnung | ich meine | wohl | gehe davon aus | gehen davon aus | davon aus | ausgehen | nehme an | nehmen an
        SoFar: bisher | bislang | bis jetzt | vorerst | soweit | so weit | im moment | auf den ersten blick
        Hearsay: sagt | sagte | angeblich | anscheinend | gehört | laut | meinte | behauptet | hat gesagt | soll
        Order: trag | trage | eintragen | markiere | markier | als bestanden | bitte eintragen | setz | setze
        Asking: hat jemand | hat das jemand | wer | wann | wie | warum | wieso | weshalb | welche | welcher | kann jemand | könnte jemand | kann das jemand | bitte testen | gibt es | schon jemand
        OtherPatch: letzten monat | im letzten monat | letztes mal | beim letzten | vorigen monat | vom letzten monat
        Unrelated: hat nichts mit | liegt nicht am patch | nicht am patch | unabhängig vom patch
        Aside: wieder frei | ist frei
        Future: morgen | werde | wird morgen | werden wir | teste ich | nächste woche | heute abend | heute nacht | geplant | demnächst
        If: wenn | falls | sobald | ob | hoffentlich | hoffe | damit | erst wenn
        Earlier: gestern | zuerst | anfangs | vorgestern | beim ersten versuch | vorhin
        Now: heute | jetzt | inzwischen | mittlerweile | diesmal | beim zweiten versuch | zweiter versuch
        Correction: korrektur | korrigiere | falscher host | falscher server | vergesst meine | vergiss meine | ignoriert meine | ignoriere meine | bitte ignorieren
        Filler: auf | dem | der | die | das | den | ein | eine | am | im | bei | und | für | von | mit | beide | beiden | rechner | es | ist | hier | zu
        """;

    private const string Dutch = """
        Pass: geslaagd | goedgekeurd | met succes getest | test geslaagd
        Fail: mislukt | gefaald | niet geslaagd | faalt | niet gelukt | mislukte
        Blocked: geblokkeerd
        Partial: gedeeltelijk | deels | gedeeltelijk geslaagd
        Fine: werken | werkt allemaal | werkt | werkt goed | werkt prima | prima | in orde | goed | gelukt | alles goed | probleemloos | foutloos | draait goed | draait
        Well: draaien | draait door | zijn online | komen op
        Agreement: klaar | gedaan | hier ook | idem
        Problem: probleem | fouten | fout | klachten
        Symptom: werkt niet | werkt niet meer | start niet | start niet meer | start niet meer op | start niet op | boot niet | boot niet meer | loopt vast | vastgelopen | crasht | blauw scherm | blauwscherm | kapot | valt uit | onbereikbaar | niet bereikbaar | niet meer bereikbaar | valt weg
        Cause: geen schijfruimte | geen ruimte | te weinig schijfruimte | te weinig ruimte | onvoldoende schijfruimte | schijf vol | schijf is vol | geen host | geen vrije host | geen testserver | geen testmachine | licentie verlopen | verlopen | moet eerst | stroomstoring
        Untestable: kan niet testen | kon niet testen | kan niet getest worden | kon niet getest worden | niet te testen
        InstallFailed: kan niet installeren | laat zich niet installeren | installatie mislukt
        Installed: geinstalleerd | bijgewerkt | herstart
        Tested: getest | geprobeerd | gecontroleerd | testen
        RolledBack: teruggedraaid | verwijderd
        Running: loopt nog | lopen nog | nog bezig | nog niet klaar | draait nog | wordt nog getest
        Untested: nog niet getest | niet getest | geen resultaat
        Caveat: met voorbehoud | onder voorbehoud | mits | alleen als | alleen met | handmatig | zolang | beperking
        Except: behalve | uitgezonderd | op na
        Linked: na de patch | na de update | na het herstarten | na de herstart | na herstart | sinds de update | sindsdien
        Verdict: resultaat | conclusie | uitslag
        But: maar | echter
        Not: niet | geen | nooit | zonder | niets
        Hedge: ik denk | denk | ik geloof | volgens mij | lijkt | schijnt | waarschijnlijk | misschien | zou moeten | vermoedelijk | niet zeker | grotendeels | meestal | zou kunnen
        SoFar: tot nu toe | vooralsnog | voorlopig | tot dusver
        Hearsay: zegt | zei | gehoord | blijkbaar | schijnbaar
        Order: markeer | noteer
        Asking: heeft iemand | wanneer | waarom | hoe | welke | kan iemand | is er iemand
        OtherPatch: vorige maand | vorige keer
        Future: ik test het | ga ik | zal | ik ga | volgende week | vanavond
        If: als het | indien | zodra | hopelijk
        Earlier: gisteren | eerst | aanvankelijk
        Now: vandaag | nu | inmiddels | deze keer
        Correction: correctie | verkeerde host
        Filler: op | de | het | een | van | en | met | voor | bij
        """;
}
