namespace PatchBot.Core.Lab.Reading;

/// <summary>French, Spanish, Portuguese and Italian, by sense.</summary>
internal static class RomanceWords
{
    public static IEnumerable<string> All => [French, Spanish, Portuguese, Italian];

    private const string French = """
        Pass: réussi | réussie | réussis | validé | validée | test ok | tests ok | test concluant | tests concluants | passe | passé avec succès | testé avec succès
        Fail: échec | échoué | échoue | échouée | raté | non validé | ko | test non concluant
        Blocked: bloqué | bloquée
        Partial: partiel | partielle | partiellement
        Fine: bon | fonctionne | fonctionnent | marche | ça marche | tout marche | tout fonctionne | tout va bien | tout est bon | rien à signaler | ras | correct | conforme | avec succès | impeccable | nickel | tout est ok | au vert | stable
        Agreement: fait | terminé | pareil | idem | pareil ici
        Problem: problème | problèmes | souci | soucis | erreur | erreurs | anomalie | anomalies | incident
        Symptom: écran bleu | ne démarre pas | ne démarre plus | ne fonctionne pas | ne fonctionne plus | ne marche pas | ne marche plus | ne répond pas | ne répond plus | ne redémarre pas | ne redémarre plus | plante | planté | plantage | plantages | bloque au démarrage | injoignable | inaccessible | cassé | boucle de redémarrage | en panne | perdu | coupures | ne se lance pas | ne se lance plus | plus de réseau | pas de réseau
        Able: réseau | connexion | accès
        Cause: plus despace disque | plus d'espace disque | plus d'espace | pas assez d'espace | pas assez d'espace disque | espace insuffisant | espace disque insuffisant | disque plein | aucun hôte | pas d'hôte | pas de machine | aucune machine | aucun serveur | licence expirée | expiré | expirée | prérequis | doit d'abord | il faut d'abord | gel | coupure de courant
        Untestable: impossible de tester | impossible à tester | n'a pas pu être testé | pas pu tester | pas pu être testé | ne peut pas être testé | je ne peux pas tester | test impossible
        InstallFailed: impossible d'installer | ne s'installe pas | installation échouée | l'installation échoue
        Installed: installé | installée | déployé | appliqué | redémarré | mis à jour
        Tested: testé | testée | testés | essayé | vérifié | tests
        RolledBack: désinstallé | retour arrière
        Running: en cours | encore en cours | toujours en cours | pas encore terminé | pas encore fini | tourne encore | tournent encore
        Untested: pas encore testé | pas testé | pas encore essayé | pas de résultat | aucun résultat
        Caveat: sous réserve | avec réserve | à condition | seulement si | uniquement avec | uniquement si | contournement | tant que | manuellement | à la main | avec une restriction | restriction
        Except: sauf | excepté | à part | hormis
        Linked: après le patch | après la mise à jour | après le redémarrage | après le correctif | depuis la mise à jour | depuis le patch | depuis
        Verdict: résultat | bilan | conclusion | verdict
        But: mais | cependant | toutefois
        Not: ne | pas | aucun | aucune | sans | jamais | rien | personne | plus de | n
        Hedge: je crois | je pense | il me semble | semble | semblent | on dirait | probablement | peut être | sans doute | devrait | devraient | normalement | pas sûr | pas certain | plutôt | a priori | en principe | en gros | globalement | il se peut | pourrait
        SoFar: pour l'instant | pour le moment | jusqu'ici | jusqu'à présent | à ce stade | à première vue
        Hearsay: dit que | a dit | apparemment | paraît il | il paraît | selon | d'après | entendu
        Order: marque le | marquez | note le comme | enregistre
        Asking: quelqu'un | qui | quand | pourquoi | comment | est ce que | quel | quelle | peux tu | pouvez vous
        OtherPatch: le mois dernier | du mois dernier | la dernière fois
        Unrelated: sans rapport | rien à voir
        Future: demain | je vais | on va | ce soir | la semaine prochaine | je teste | testerai
        If: si | dès que | une fois | espérons | j'espère | en attendant
        Earlier: hier | d'abord | au début | initialement | avant hier
        Now: aujourd'hui | maintenant | désormais | cette fois | entre temps
        Correction: rectification | erratum | ignorez mon | mauvaise machine | mauvais serveur | oubliez mon
        Filler: sur | le | la | les | et | du | de | des | un | une | au | c | est | l | d | en | les deux | pour | avec | j | ai | il | y | a
        """;

    private const string Spanish = """
        Pass: pasó | pasa | pasado | pasada | aprobado | aprobada | superado | superada | probado con éxito | prueba exitosa | pruebas exitosas | validado | validada
        Fail: falló | falla | fallo | fallado | fallaron | fallan | fallida | fallido | no pasó | no pasa | suspendido
        Blocked: bloqueado | bloqueada
        Partial: parcial | parcialmente
        Fine: funciona | funcionó | funcionan | correcto | correcta | todo correcto | todo bien | todo ok | bien | con éxito | exitoso | exitosa | sin novedad | en verde | estable
        Agreement: hecho | listo | terminado | igual aquí | lo mismo | ídem
        Problem: problema | problemas | errores | error | incidencias | inconvenientes | fallos
        Symptom: pantalla azul | no arranca | no arrancan | ya no arranca | no inicia | no funciona | ya no funciona | no responde | no conecta | no enciende | se cuelga | colgado | se bloquea | se cae | caído | caída | se reinicia solo | bucle de reinicio | roto | inaccesible | no hay red | sin red
        Able: red | conexión | acceso
        Cause: sin espacio | no hay espacio | falta espacio | espacio insuficiente | falta de espacio | disco lleno | no hay host | sin host | no hay máquina | sin máquina | ningún servidor libre | ningún host libre | licencia caducada | licencia vencida | caducado | caducada | prerrequisito | requisito previo | primero hay que | corte de luz | congelación
        Untestable: no se puede probar | no se pudo probar | no pude probar | no puedo probar | no pudimos probar | imposible probar | no ha podido probarse
        InstallFailed: no se puede instalar | no se instala | no se pudo instalar | no instala | fallo de instalación
        Installed: instalado | instalada | aplicado | desplegado | reiniciado | actualizado | parcheado
        Tested: probado | probada | prueba | pruebas | verificado | comprobado | pruebas realizadas
        RolledBack: desinstalado | revertido
        Running: en curso | todavía en curso | aún en curso | sigue en curso | siguen en curso | todavía corriendo | aún corriendo | en marcha
        Untested: no lo he probado | no probado | sin probar | sin resultado | sin resultados | aún no | todavía no
        Caveat: con reservas | con la condición | a condición | solo si | sólo con | solo con | siempre que | solución alternativa | manualmente | a mano | con limitaciones | con una limitación
        Except: excepto | salvo | menos en
        Linked: después del parche | después de la actualización | tras el parche | tras la actualización | tras el reinicio | después del reinicio | tras reiniciar | después de reiniciar | desde el parche
        Verdict: resultado | conclusión | veredicto
        But: pero | sin embargo
        Not: no | sin | ningún | ninguna | ninguno | nunca | nada | nadie
        Hedge: creo | creo que | pienso | parece | parece que | supongo | probablemente | quizás | quizá | tal vez | debería | deberían | no estoy seguro | no estoy segura | casi | en principio | más o menos | puede que | a lo mejor | podría
        SoFar: por ahora | de momento | por el momento | hasta ahora | a primera vista
        Hearsay: dice que | dijo | dicen | al parecer | aparentemente | según | me han dicho
        Order: márcalo | marca como | regístralo | apúntalo
        Asking: alguien | quién | cuándo | cómo | por qué | qué | cuál | pueden | puedes
        OtherPatch: el mes pasado | del mes pasado | la última vez
        Unrelated: no relacionado | nada que ver | sin relación
        Future: mañana | voy a | vamos a | esta noche | la semana que viene | probaré
        If: si | cuando pase | en cuanto | ojalá | espero
        Earlier: ayer | al principio | anteayer | inicialmente
        Now: hoy | ahora | esta vez | ya
        Correction: corrección | rectifico | ignorad mi | ignoren mi | host equivocado | servidor equivocado
        Filler: en | el | la | los | las | y | del | de | un | una | con | ambos | ambas | para | lo | he | todo | se
        """;

    private const string Portuguese = """
        Pass: passou | passaram | aprovado | aprovada | testado com sucesso | teste ok | testes ok | validado
        Fail: falhou | falha | falhas | falharam | reprovado | não passou
        Blocked: bloqueado | bloqueada
        Partial: parcial | parcialmente
        Fine: funciona | funcionou | funcionando | tudo certo | tudo ok | tudo bem | com sucesso | correto | sucesso | normal | estável
        Agreement: feito | pronto | concluído | mesmo aqui | idem
        Problem: problema | problemas | erro | erros | incidentes
        Symptom: tela azul | ecrã azul | não inicia | não liga | não arranca | não sobe | não funciona | não responde | não conecta | travou | trava | travando | caiu | cai | reinicia sozinho | loop de reinício | quebrado | quebrou | inacessível | sem rede
        Able: rede | conexão | acesso
        Cause: sem espaço | falta de espaço | espaço insuficiente | disco cheio | não há espaço | nenhum host | sem host | nenhuma máquina | sem máquina | licença expirada | licença expirou | pré requisito | congelamento | precisa primeiro
        Untestable: não foi possível testar | não consegui testar | não pôde ser testado | não dá para testar | não posso testar | impossível testar
        InstallFailed: não instala | não foi possível instalar | não consegui instalar | instalação falhou
        Installed: instalado | instalada | aplicado | atualizado | reiniciado
        Tested: testado | testada | testei | teste | testes | verificado
        RolledBack: desinstalado | revertido
        Running: em andamento | ainda em andamento | em curso | ainda rodando | ainda a correr | ainda em execução | em execução
        Untested: ainda não testei | não testado | sem resultado | ainda não
        Caveat: com ressalva | com ressalvas | desde que | somente se | só se | apenas com | só com | contorno | manualmente | solução de contorno | com limitação
        Except: exceto | menos no | salvo
        Linked: após o patch | após a atualização | depois do patch | após reiniciar | após o reinício | depois de reiniciar | desde a atualização
        Verdict: resultado | conclusão
        But: mas | porém
        Not: não | sem | nenhum | nenhuma | nunca | nada | ninguém
        Hedge: acho | acho que | parece | parece que | provavelmente | talvez | deve estar | deveria | não tenho certeza | quase | em princípio | mais ou menos | pode ser | suponho | acredito
        SoFar: por enquanto | até agora | até o momento | por ora
        Hearsay: disse que | disse | dizem | pelo visto | aparentemente | segundo | ouvi
        Order: marque como | marca como | registre como
        Asking: alguém | quem | quando | como | por que | qual
        OtherPatch: mês passado | no mês passado | última vez
        Unrelated: não relacionado | nada a ver
        Future: amanhã | vou testar | vou | vamos | hoje à noite | semana que vem
        If: se | assim que | tomara | espero
        Earlier: ontem | inicialmente | no início
        Now: hoje | agora | desta vez
        Correction: correção | corrigindo | ignorem minha | host errado | servidor errado
        Filler: no | na | nos | nas | em | o | os | e | do | da | um | uma | com | ambos | para | tudo
        """;

    private const string Italian = """
        Pass: superato | superata | superati | passato | passata | riuscito | testato con successo | test ok | approvato | validato
        Fail: fallito | fallita | fallisce | fallimento | non superato | non riuscito
        Blocked: bloccato | bloccata
        Partial: parziale | parzialmente
        Fine: funziona | funzionano | tutto ok | tutto bene | tutto a posto | tutto regolare | regolare | con successo | corretto | va bene | a posto | stabile
        Agreement: fatto | finito | completato | anche qui | idem | lo stesso
        Problem: problema | problemi | errori | errore | anomalie
        Symptom: schermata blu | non parte | non parte più | non si avvia | non si avvia più | non funziona | non funziona più | non risponde | non risponde più | non si connette | si blocca | si è bloccato | va in crash | crasha | irraggiungibile | riavvii continui | rotto | cade | senza rete
        Able: rete | connessione | accesso
        Cause: spazio insufficiente | disco pieno | manca spazio | non c'è spazio | senza spazio | spazio su disco insufficiente | nessun host | nessun server libero | nessuna macchina | licenza scaduta | scaduto | scaduta | prerequisito | bisogna prima | va prima | congelamento | deve prima
        Untestable: non è possibile testare | impossibile testare | non ho potuto testare | non si può testare | non testabile | non posso testare
        InstallFailed: non si installa | impossibile installare | installazione fallita
        Installed: installato | installata | applicato | aggiornato | riavviato
        Tested: testato | testata | provato | provata | test | verificato
        RolledBack: disinstallato | ripristinato
        Running: in corso | ancora in corso
        Untested: non ancora testato | non testato | non l'ho ancora provato | nessun risultato | non ancora
        Caveat: con riserva | a condizione | solo se | solo con | purché | a mano | manualmente | con una limitazione | aggiramento
        Except: eccetto | tranne | a parte
        Linked: dopo l'aggiornamento | dopo la patch | dopo il riavvio | dopo il patch | dall'aggiornamento
        Verdict: risultato | esito | conclusione
        But: ma | però
        Not: non | nessun | nessuna | nessuno | senza | mai | niente | nulla
        Hedge: credo | penso | sembra | pare | probabilmente | forse | dovrebbe | non sono sicuro | non sono sicura | quasi | più o meno | potrebbe | direi
        SoFar: per ora | finora | al momento | fino ad ora | per il momento
        Hearsay: dice che | ha detto | a quanto pare | secondo | ho sentito
        Order: segnalo come | segna come | registra come
        Asking: qualcuno | chi | quando | come | perché | quale
        OtherPatch: mese scorso | il mese scorso | l'ultima volta
        Unrelated: non c'entra | non correlato
        Future: domani | stasera | provo domani | la settimana prossima
        If: se | appena | speriamo | spero
        Earlier: ieri | all'inizio | inizialmente
        Now: oggi | adesso | ora | stavolta
        Correction: correzione | correggo | ignorate il mio | host sbagliato | server sbagliato
        Filler: su | sul | il | lo | gli | e | ed | di | del | della | un | una | con | entrambi | per | tutto
        """;
}
