namespace PatchBot.Core.Lab.Reading;

/// <summary>French, Spanish, Portuguese and Italian, by sense.</summary>
internal static class RomanceWords
{
    public static IEnumerable<string> All => [French, Spanish, Portuguese, Italian];

    private const string French = """
        Pass: réussi | réussie | réussis | validé | validée | test ok | tests ok | test concluant | tests concluants | passe | passé avec succès | testé avec succès
        Fail: échec | échoué | échouée | raté | non validé | test non concluant
        Blocked: bloqué | bloquée
        Partial: partiel | partielle | partiellement
        Fine: bon | fonctionne | fonctionnent | marche | ça marche | tout marche | tout fonctionne | tout va bien | tout est bon | rien à signaler | ras | correct | conforme | avec succès | impeccable | nickel | tout est ok | au vert | tout roule | roule | sans accroc | tout fonctionne bien | parfait
        Agreement: fait | terminé | pareil | pareil ici
        Problem: problèmes | souci | soucis | erreur | erreurs | anomalie | incident
        Symptom: écran bleu | ne démarre pas | ne démarre plus | ne fonctionne pas | ne fonctionne plus | ne marche pas | ne marche plus | ne répond pas | ne répond plus | ne redémarre pas | ne redémarre plus | plante | plantage | plantages | bloque au démarrage | injoignable | cassé | boucle de redémarrage | en panne | perdu | coupures | ne se lance pas | ne se lance plus | plus de réseau | pas de réseau | ne peut se connecter | ne peut plus se connecter | hs | mort | morte | plus rien ne marche | disparu | disparus | ne tourne plus | ne s'ouvre plus
        Able: réseau | connexion | accès
        Well: démarrent | démarre | répond | répondent | tourne | tournent | se connecte | se connectent | actifs | en ligne
        Cause: plus despace disque | plus d'espace | pas assez d'espace | pas assez d'espace disque | espace insuffisant | espace disque insuffisant | disque plein | aucun hôte | pas d'hôte | pas de machine | aucune machine | aucun serveur | licence expirée | expiré | expirée | prérequis | doit d'abord | il faut d'abord | gel | coupure de courant
        Untestable: impossible de tester | impossible à tester | n'a pas pu être testé | pas pu tester | pas pu être testé | ne peut pas être testé | je ne peux pas tester
        InstallFailed: impossible d'installer | ne s'installe pas | installation échouée | l'installation échoue
        Installed: installé | installée | déployé | appliqué | redémarré | mis à jour
        Tested: testé | testée | testés | essayé | vérifié
        RolledBack: désinstallé | retour arrière
        Running: en cours | encore en cours | toujours en cours | pas encore terminé | pas encore fini | tourne encore | tournent encore
        Untested: pas encore testé | pas testé | pas encore essayé | pas de résultat | aucun résultat
        Caveat: sous réserve | avec réserve | à condition | seulement si | uniquement avec | uniquement si | contournement | tant que | manuellement | à la main | avec une restriction
        Except: sauf | excepté | à part | hormis
        Linked: après le patch | après la mise à jour | après le redémarrage | après le correctif | depuis la mise à jour | depuis le patch | depuis
        Verdict: résultat | bilan
        But: mais | cependant | toutefois
        Not: ne | pas | aucun | aucune | sans | jamais | rien | personne | plus de | n | sans aucun | sans aucune | sans le moindre
        Hedge: je crois | je pense | il me semble | semble | semblent | on dirait | probablement | peut être | sans doute | devrait | devraient | normalement | pas sûr | pas certain | plutôt | a priori | en principe | en gros | globalement | il se peut | pourrait
        SoFar: pour l'instant | pour le moment | jusqu'ici | jusqu'à présent | à ce stade | à première vue
        Hearsay: dit que | a dit | apparemment | paraît il | il paraît | selon | d'après | entendu
        Order: marque le | marquez | note le comme | enregistre
        Asking: quelqu'un | qui | quand | pourquoi | comment | est ce que | quel | quelle | peux tu | pouvez vous
        OtherPatch: le mois dernier | du mois dernier | la dernière fois
        Unrelated: sans rapport | rien à voir
        Future: demain | je vais | on va | ce soir | la semaine prochaine | je teste | testerai
        If: si | dès que | une fois | espérons | j'espère | en attendant
        Earlier: d'abord | au début | initialement | avant hier
        Now: aujourd'hui | maintenant | désormais | cette fois | entre temps
        Correction: rectification | erratum | ignorez mon | mauvaise machine | mauvais serveur | oubliez mon
        Filler: sur | le | la | les | et | du | des | un | une | au | c | est | l | d | les deux | pour | avec | j | ai | il | y
        """;

    private const string Spanish = """
        Pass: pasó | pasa | pasado | pasada | aprobado | aprobada | superado | superada | superadas | superados | probado con éxito | prueba exitosa | pruebas exitosas | validado | validada
        Fail: falló | falla | fallado | fallaron | fallan | fallida | fallido | no pasó | no pasa | suspendido
        Blocked: bloqueado | bloqueada
        Partial: parcial | parcialmente
        Fine: funciona | funcionó | funcionan | correcto | correcta | todo correcto | todo bien | todo ok | bien | con éxito | exitoso | exitosa | sin novedad | en verde | estable | va bien | de maravilla | perfecto | sin problema alguno | todo en orden
        Agreement: hecho | listo | terminado | igual aquí | lo mismo
        Problem: problema | problemas | errores | incidencias | inconvenientes | fallos
        Symptom: pantalla azul | no arranca | no arrancan | ya no arranca | no inicia | no funciona | ya no funciona | no responde | no conecta | no enciende | se cuelga | colgado | se bloquea | se cae | caído | caída | se reinicia solo | bucle de reinicio | roto | inaccesible | no hay red | sin red | no va | no va nada | ya no va | muerto | muerta | desaparecido | no abre | no imprime
        Able: conexión | acceso
        Well: arrancan | arranca | responden | responde | conecta | conectan | arriba | activos | activas | en línea | se inician | se inicia
        Cause: sin espacio | no hay espacio | falta espacio | espacio insuficiente | falta de espacio | disco lleno | no hay host | sin host | no hay máquina | sin máquina | ningún servidor libre | ningún host libre | licencia caducada | licencia vencida | caducado | caducada | prerrequisito | requisito previo | primero hay que | corte de luz | congelación
        Untestable: no se puede probar | no se pudo probar | no pude probar | no puedo probar | no pudimos probar | imposible probar | no ha podido probarse
        InstallFailed: no se puede instalar | no se instala | no se pudo instalar | no instala | fallo de instalación
        Installed: instalado | instalada | aplicado | desplegado | reiniciado | actualizado | parcheado
        Tested: probado | probada | prueba | pruebas | verificado | comprobado | pruebas realizadas
        RolledBack: desinstalado | revertido
        Running: en curso | todavía en curso | aún en curso | sigue en curso | siguen en curso | todavía corriendo | aún corriendo | en marcha
        Untested: no lo he probado | no probado | sin probar | sin resultado | sin resultados | aún no | todavía no
        Caveat: con reservas | con la condición | a condición | solo si | sólo con | siempre que | solución alternativa | manualmente | a mano | con limitaciones | con una limitación
        Except: excepto | salvo | menos en
        Linked: después del parche | después de la actualización | tras el parche | tras la actualización | tras el reinicio | después del reinicio | tras reiniciar | después de reiniciar | desde el parche
        Verdict: resultado | veredicto
        But: pero | sin embargo
        Not: sin | ningún | ninguna | ninguno | nunca | nada | nadie | sin ningún | sin ninguna
        Hedge: creo | creo que | pienso | parece | parece que | supongo | probablemente | quizás | quizá | tal vez | debería | deberían | no estoy seguro | no estoy segura | casi | en principio | más o menos | puede que | a lo mejor | podría
        SoFar: por ahora | de momento | por el momento | hasta ahora | a primera vista
        Hearsay: dice que | dijo | dicen | al parecer | aparentemente | según | me han dicho
        Order: márcalo | marca como | regístralo | apúntalo
        Asking: alguien | quién | cuándo | cómo | por qué | qué | cuál | pueden | puedes
        OtherPatch: el mes pasado | del mes pasado | la última vez
        Unrelated: no relacionado | nada que ver | sin relación
        Future: mañana | voy a | vamos a | esta noche | la semana que viene | probaré
        If: cuando pase | en cuanto | ojalá | espero
        Earlier: ayer | al principio | anteayer | inicialmente
        Now: hoy | ahora | esta vez | ya
        Correction: corrección | rectifico | ignorad mi | ignoren mi | host equivocado | servidor equivocado
        Filler: el | los | las | del | una | con | ambos | ambas | para | lo | he | todo | se
        """;

    private const string Portuguese = """
        Pass: passou | passaram | aprovado | aprovada | testado com sucesso | teste ok | testes ok
        Fail: falhou | falha | falhas | falharam | reprovado | não passou
        Fine: funcionou | funcionando | tudo certo | tudo ok | tudo bem | com sucesso | correto | sucesso | normal | estável | beleza | tudo beleza | tranquilo | tudo em ordem | perfeito
        Agreement: feito | pronto | concluído | mesmo aqui
        Problem: erro | erros | incidentes
        Symptom: tela azul | ecrã azul | não inicia | não liga | não arranca | não sobe | não funciona | não responde | não conecta | travou | trava | travando | caiu | cai | reinicia sozinho | loop de reinício | quebrado | quebrou | inacessível | sem rede | em loop | morto | morta | sumiu | sumiram | não abre | não volta | não voltou | parou
        Able: rede | conexão | acesso
        Well: sobem | sobe | sobe normal | respondem | responde bem | conectam | ativos | ativas | no ar | iniciam | inicia | subiram | subiu
        Cause: sem espaço | falta de espaço | espaço insuficiente | disco cheio | não há espaço | nenhum host | sem host | nenhuma máquina | sem máquina | licença expirada | licença expirou | pré requisito | congelamento | precisa primeiro
        Untestable: não foi possível testar | não consegui testar | não pôde ser testado | não dá para testar | não posso testar | impossível testar
        InstallFailed: não instala | não foi possível instalar | não consegui instalar | instalação falhou
        Installed: atualizado
        Tested: testado | testada | testei
        Running: em andamento | ainda em andamento | em curso | ainda rodando | ainda a correr | ainda em execução | em execução
        Untested: ainda não testei | não testado | sem resultado | ainda não
        Caveat: com ressalva | com ressalvas | desde que | somente se | só se | apenas com | só com | contorno | solução de contorno | com limitação
        Except: exceto | menos no
        Linked: após o patch | após a atualização | depois do patch | após reiniciar | após o reinício | depois de reiniciar | desde a atualização
        Verdict: conclusão
        But: mas | porém
        Not: não | sem | nenhum | nenhuma | ninguém | sem nenhum | sem nenhuma | sem qualquer
        Hedge: acho | acho que | provavelmente | talvez | deve estar | deveria | não tenho certeza | quase | em princípio | mais ou menos | pode ser | suponho | acredito
        SoFar: por enquanto | até agora | até o momento | por ora
        Hearsay: disse que | disse | dizem | pelo visto | segundo | ouvi
        Order: marque como | registre como
        Asking: alguém | quem | quando | qual
        OtherPatch: mês passado | no mês passado | última vez
        Unrelated: não relacionado | nada a ver
        Future: amanhã | vou testar | vou | vamos | hoje à noite | semana que vem
        If: assim que | tomara
        Earlier: ontem | no início
        Now: hoje | agora | desta vez
        Correction: correção | corrigindo | ignorem minha | host errado | servidor errado
        Filler: na | nos | nas | em | o | os | e | do | da | um | uma | com | tudo
        """;

    private const string Italian = """
        Pass: superato | superata | superati | passato | passata | riuscito | testato con successo | approvato | validato
        Fail: fallito | fallita | fallisce | fallimento | non superato | non riuscito
        Blocked: bloccato | bloccata
        Partial: parziale | parzialmente
        Fine: funziona | funzionano | tutto ok | tutto bene | tutto a posto | tutto regolare | regolare | con successo | corretto | va bene | a posto | stabile | liscio | tutto liscio | tutto in ordine | perfetto
        Agreement: fatto | finito | completato | anche qui | lo stesso
        Problem: problemi | errori | errore
        Symptom: schermata blu | non parte | non parte più | non si avvia | non si avvia più | non funziona | non funziona più | non risponde | non risponde più | non si connette | si blocca | si è bloccato | va in crash | crasha | irraggiungibile | riavvii continui | rotto | cade | senza rete | sparite | spariti | sparito | sparita | non è più tornato | non torna | non si apre | non stampa | bloccato all'avvio
        Able: rete | connessione | accesso
        Well: attivi | attive | partono | parte | rispondono | risponde | si avviano | si avvia | ripartono | ripartito | ripartiti | online di nuovo
        Cause: spazio insufficiente | disco pieno | manca spazio | non c'è spazio | senza spazio | spazio su disco insufficiente | nessun host | nessun server libero | nessuna macchina | licenza scaduta | scaduto | scaduta | prerequisito | bisogna prima | va prima | deve prima
        Untestable: non è possibile testare | impossibile testare | non ho potuto testare | non si può testare | non testabile | non posso testare
        InstallFailed: non si installa | impossibile installare | installazione fallita
        Installed: installato | installata | applicato | aggiornato | riavviato
        Tested: testato | testata | provato | provata | verificato
        RolledBack: disinstallato | ripristinato
        Running: in corso | ancora in corso
        Untested: non ancora testato | non testato | non l'ho ancora provato | nessun risultato | non ancora
        Caveat: con riserva | a condizione | solo se | purché | con una limitazione | aggiramento
        Except: eccetto | tranne | a parte
        Linked: dopo l'aggiornamento | dopo la patch | dopo il riavvio | dopo il patch | dall'aggiornamento
        Verdict: risultato | esito | conclusione
        But: ma
        Not: non | nessun | nessuna | nessuno | senza | mai | niente | nulla | senza alcun | senza alcuna | senza nessun | senza nessuna
        Hedge: credo | penso | sembra | pare | probabilmente | forse | dovrebbe | non sono sicuro | non sono sicura | più o meno | potrebbe | direi
        SoFar: per ora | finora | al momento | fino ad ora | per il momento
        Hearsay: dice che | ha detto | a quanto pare | secondo | ho sentito
        Order: segnalo come | segna come | registra come
        Asking: qualcuno | chi | perché | quale
        OtherPatch: mese scorso | il mese scorso | l'ultima volta
        Unrelated: non c'entra | non correlato
        Future: domani | stasera | provo domani | la settimana prossima
        If: appena | speriamo | spero
        Earlier: ieri | all'inizio | inizialmente
        Now: oggi | adesso | ora | stavolta
        Correction: correzione | correggo | ignorate il mio | host sbagliato | server sbagliato
        Filler: su | sul | gli | ed | di | della | entrambi | per | tutto
        """;
}
